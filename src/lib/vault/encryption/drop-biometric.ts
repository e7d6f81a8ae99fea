import { forgetCredential } from './authenticator.ts';
import { KeptKeys } from './kept-keys.ts';
import type { Encryption } from './open-keys.ts';

type Open = Pick<Encryption, 'vault' | 'state'>;

/** Takes the fingerprint or face off. Throws DeviceError. */
export async function removeBiometric({ vault, state }: Open): Promise<void> {
	const kept = new KeptKeys(vault);
	const slot = await kept.read('keys/biometric');
	await kept.write('keys/biometric', null);
	state.hasBiometric = state.biometricEnded = false;
	if (slot) await forgetCredential(slot);
}

/** What is kept here opens nothing any more: it goes, and the person is told. Throws DeviceError. */
export async function endBiometric({ vault, state }: Open): Promise<void> {
	await removeBiometric({ vault, state });
	state.biometricEnded = true;
}

/** Once keys are open that are not those it was turned on for; see endBiometric. */
export async function endStaleBiometric({ vault, state }: Open): Promise<void> {
	const slot = await new KeptKeys(vault).read('keys/biometric');
	if (slot && slot.identity !== state.identity) await endBiometric({ vault, state });
}
