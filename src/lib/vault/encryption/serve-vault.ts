import { CryptoError } from '../../crypto/crypto-error.ts';
import { ApiError } from '../../sync/api-error.ts';
import type { Encryption } from './open-keys.ts';

/** Gives the vault what it asks of its owner's keys. Their code is loaded once there are any. */
export function serveVault(encryption: Encryption, check: () => Promise<void>): void {
	const { vault, state } = encryption;
	vault.unsure = () => state.phase === 'unknown';
	vault.checkKeys = check;
	vault.renewKeys = async (entity) => {
		// The server has a user layer where this page knew of none: it was turned on elsewhere meanwhile.
		if (!state.client) return check();
		await (await import('./entity-layers.ts')).renewEntity(encryption, entity).catch((error: unknown) => {
			// The pass that asked says that it could not go on; that somebody may be deceiving the person is said here.
			if (error instanceof CryptoError) state.warn(error);
			throw error;
		});
	};
	vault.readyKeys = async (entity) => {
		if (state.client) await (await import('./entity-layers.ts')).readyEntity(encryption, entity);
	};
	vault.pushBackKeys = async (entity) => {
		if (!state.client) return;
		const { pushBackKeys } = await import('./put-back.ts');
		await pushBackKeys(encryption, entity).catch((error: unknown) => {
			// Who has signed in once more is asked again.
			if (error instanceof ApiError && error.code === 'keys/fresh-sign-in') throw error;
			// Without an answer it is tried again with the next pass.
			if (!(error instanceof ApiError)) state.warn(error);
		});
	};
}
