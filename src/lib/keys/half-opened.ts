import type { BundleText } from '../api/keys.ts';
import { CryptoError } from '../crypto/crypto-error.ts';
import type { Argon2 } from '../crypto/kdf.ts';
import type { Account } from './account.ts';
import { HeldBytes } from './held-bytes.ts';
import { openAccount, openAccountKey } from './unlock-account.ts';
import type { UnlockChecks, Unlocking } from './unlock-account.ts';

/** An account key that opened, whose bundle is yet to. */
export class HalfOpened {
	readonly #key: HeldBytes;
	readonly #served: Omit<Unlocking, 'by'>;

	readonly #checks: UnlockChecks | undefined;

	private constructor(key: HeldBytes, served: Omit<Unlocking, 'by'>, checks: UnlockChecks | undefined) {
		[this.#key, this.#served, this.#checks] = [key, served, checks];
	}

	/** Opens the account key. Throws as unlockAccount. */
	static async by(argon2: Argon2, { by, ...served }: Unlocking, checks?: UnlockChecks): Promise<HalfOpened> {
		const key = await openAccountKey(argon2, { by, ...served }, checks);
		return new HalfOpened(await HeldBytes.hold(key), served, checks);
	}

	/** The account, with the newest bundle or an earlier one; null where that is none of the account key's. */
	async open(bundle: BundleText): Promise<Account | null> {
		const newest = this.#served.bundle.version;
		const account = await this.#key
			.use((bytes) => openAccount(bytes, { ...this.#served, bundle }, this.#checks))
			.catch((error: unknown) => {
				if (error instanceof CryptoError && error.code === 'crypto/cannot-open') return null;
				throw error;
			});
		if (bundle.version < newest) account?.goOnFrom(newest);
		return account;
	}
}
