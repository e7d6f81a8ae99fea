import { passwordBytes } from '../../crypto/root-key.ts';
import { openKeys } from './open-keys.ts';
import type { Encryption } from './open-keys.ts';

/** Opens with the password; see openKeys. The worker gets its bytes, of which this page keeps none. */
export async function unlock(encryption: Encryption, password: string): Promise<void> {
	const bytes = passwordBytes(password);
	await openKeys(encryption, { password: bytes }, [bytes.buffer]);
}

/** Opens with the recovery code as it was typed; see openKeys. */
export async function unlockWithRecoveryCode(encryption: Encryption, recoveryCode: string): Promise<void> {
	await openKeys(encryption, { recoveryCode });
}
