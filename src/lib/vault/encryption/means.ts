import type { Encryption } from './open-keys.ts';

/** What a test puts in the place of the browser's. */
export interface EncryptionMeans {
	start?: Encryption['start'];
	signInAgain?: (password: string) => Promise<void>;
}

/** A key worker, whose code is loaded when it is started and not before; and the sign-in at the server. */
export const browserMeans: Required<EncryptionMeans> = {
	start: async (onDeath) => (await import('../../keys/start-keys.ts')).startKeys(onDeath),
	/** The server takes keys after a fresh sign-in alone. Throws DoorError `door/wrong-password`. */
	signInAgain: async (password) => {
		const { session } = await import('../session.svelte.ts');
		await session.signInAgain(password);
	}
};
