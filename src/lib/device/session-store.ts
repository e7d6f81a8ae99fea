import { CryptoError } from '../crypto/crypto-error.ts';
import { accountsOnDevice, AccountDatabase, forgetAccount } from './account-database.ts';
import { deviceKey, sessionKey } from './device-key.ts';
import { clearRevoked } from './clear-revoked.ts';
import { leaveAccount } from './leave-account.ts';
import { openText, sealText } from './sealed-text.ts';

const ROW = 'session';

/** The session that is kept on this device: whose it is, and its text. */
export interface KeptSession {
	account: string;
	text: string;
}

/** Whose session is kept on this device, without opening it; null where nobody's is. Throws what the browser throws. */
export async function accountSignedIn(): Promise<string | null> {
	for (const account of await accountsOnDevice()) {
		const database = await AccountDatabase.open(account);
		try {
			if (await database.sealed.get(ROW)) return account;
		} finally {
			database.close();
		}
	}
	return null;
}

/**
 * Where the sign-in session is kept: sealed, in the account's database. Where the browser keeps no databases for this
 * page (blocked, or a private window of some), it lives in this object's memory, and `lasting` is false.
 */
export class SessionStore {
	#lasting = true;
	#memory: KeptSession | null = null;
	#open: { account: string; database: AccountDatabase; key: CryptoKey } | null = null;

	/** Whether what is kept here outlives the page. */
	get lasting(): boolean {
		return this.#lasting;
	}

	/** The kept session, or null. One that does not open any more is removed: it could never be used again. */
	async read(): Promise<KeptSession | null> {
		if (!this.#lasting) return this.#memory;
		let accounts: string[];
		try {
			accounts = await accountsOnDevice();
		} catch {
			this.#lasting = false;
			return this.#memory;
		}
		for (const account of accounts) {
			const text = await this.#readOf(account);
			if (text !== null) return { account, text };
		}
		return null;
	}

	/** Keeps a session in place of any other account's, of which only what reached no server yet stays. */
	async write(session: KeptSession): Promise<void> {
		this.#memory = session;
		if (!this.#lasting) return;
		try {
			const { database, key } = await this.#of(session.account);
			await database.sealed.put(await sealText(key, ROW, session.text));
		} catch {
			this.#lasting = false;
			return;
		}
		await this.#ofOthers(session.account, leaveAccount);
		this.#memory = null;
	}

	/** Removes the session, and leaves what else this device holds of its account. */
	async remove(): Promise<void> {
		this.#memory = null;
		if (!this.#lasting) return;
		for (const account of await accountsOnDevice()) {
			const { database } = await this.#of(account);
			await database.sealed.delete(ROW);
		}
	}

	/** Removes the session and all else this device holds of its account but what reached no server yet. */
	async clearRevoked(account: string): Promise<void> {
		this.#memory = null;
		if (!this.#lasting) return;
		this.#close();
		await clearRevoked(account);
	}

	/** Removes the session and all else this device holds of any account. */
	async clear(): Promise<void> {
		this.#memory = null;
		this.#close();
		await this.#ofOthers(null, forgetAccount);
	}

	async #readOf(account: string): Promise<string | null> {
		try {
			const { database, key } = await this.#of(account);
			const row = await database.sealed.get(ROW);
			return row ? await openText(key, row) : null;
		} catch (error) {
			if (error instanceof CryptoError) await this.#open?.database.sealed.delete(ROW);
			else this.#close();
			return null;
		}
	}

	async #of(account: string): Promise<{ database: AccountDatabase; key: CryptoKey }> {
		if (this.#open?.account === account && this.#open.database.isOpen()) return this.#open;
		this.#close();
		const database = await AccountDatabase.open(account);
		this.#open = { account, database, key: await sessionKey(await deviceKey(database)) };
		return this.#open;
	}

	async #ofOthers(kept: string | null, letGo: (account: string) => Promise<void>): Promise<void> {
		try {
			const others = (await accountsOnDevice()).filter((account) => account !== kept);
			// One that cannot be opened now spoils no other.
			await Promise.allSettled(others.map(letGo));
		} catch {
			// Where nothing can be kept, there is nothing to forget.
		}
	}

	#close(): void {
		this.#open?.database.close();
		this.#open = null;
	}
}
