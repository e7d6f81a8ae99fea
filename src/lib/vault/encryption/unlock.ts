import { passwordBytes } from '../../crypto/root-key.ts';
import type { Opener } from '../../keys/key-verbs.ts';
import { endStaleBiometric } from './drop-biometric.ts';
import { keepHere } from './keep-here.ts';
import { endStalePin } from './keep-pin.ts';
import { openKeys } from './open-keys.ts';
import type { Encryption } from './open-keys.ts';

/** Opens with the password; see openKeys. The worker gets its bytes, of which this page keeps none. */
export async function unlock(encryption: Encryption, password: string): Promise<void> {
	const bytes = passwordBytes(password);
	await openBy(encryption, { password: bytes }, [bytes.buffer]);
}

/** Opens with the recovery code as it was typed; see openKeys. */
export async function unlockWithRecoveryCode(encryption: Encryption, recoveryCode: string): Promise<void> {
	await openBy(encryption, { recoveryCode });
}

/** What this device keeps may be of an account key before this one: it is wrapped anew. Under a fingerprint or a PIN, which nobody gave, it goes. */
async function openBy(encryption: Encryption, by: Opener, transfer?: Transferable[]): Promise<void> {
	await openKeys(encryption, by, transfer);
	if (encryption.state.keptHere) await keepHere(encryption, true);
	await endStaleBiometric(encryption);
	await endStalePin(encryption);
}
