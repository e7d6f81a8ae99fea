import type { PutKeys, Slots } from '../api/keys.ts';
import type { RosterPost } from '../api/rosters.ts';
import { drawAccountKey, wrapAccountKey } from '../crypto/account-key.ts';
import { toBase64url } from '../crypto/base64url.ts';
import { randomBytes } from '../crypto/bytes.ts';
import type { Bytes } from '../crypto/bytes.ts';
import { drawIdentity } from '../crypto/identity.ts';
import { defaultParameters, noParameters, saltSize } from '../crypto/kdf.ts';
import type { Argon2 } from '../crypto/kdf.ts';
import { drawRecoveryCode, writeRecoveryCode } from '../crypto/recovery-code.ts';
import { recoveryRoot, rootKey } from '../crypto/root-key.ts';
import { Account } from './account.ts';
import type { BundleFacts } from './account.ts';
import { identityText } from './api-bytes.ts';
import { ownIdentity } from './own-identity.ts';

/** An account in which everything is new, and the recovery code that opens it as well. */
export interface NewAccount {
	account: Account;
	recoveryCode: string;
}

/**
 * Draws salt, account key, identity and recovery code, and wraps the account key under the password and the code.
 * @param password UTF-8, which is zero-filled
 * @param facts the pins that the bundle goes on with; its rosters are the caller's to fill in
 * @param put the version that these keys will have, and the version of the bundle that the server has now
 * @throws KeysError `keys/out-of-memory`; CryptoError `crypto/password` for an empty password
 */
export async function newAccount(
	argon2: Argon2,
	{ user, password }: { user: string; password: Bytes },
	facts: Pick<BundleFacts, 'pins'>,
	put: { keysVersion: number; bundleVersion: number }
): Promise<NewAccount> {
	const [salt, params, accountKey] = [randomBytes(saltSize), { ...defaultParameters }, drawAccountKey()];
	const root = await rootKey(argon2, password, salt, params).finally(() => password.fill(0));
	const slot = { name: 'password', user, salt, parameters: params } as const;
	const { token, wrapped } = await wrapAccountKey(slot, root, accountKey).finally(() => root.fill(0));
	const texts = { salt: toBase64url(salt), token: toBase64url(token), accountKey: toBase64url(wrapped) };
	const { slot: recovery, recoveryCode } = await newRecoverySlot(user, accountKey);
	const slots: Slots = { password: { ...texts, params: [params.m, params.t, params.p] }, recovery };
	const self = await ownIdentity(user, drawIdentity());
	const account = await Account.open(
		self,
		accountKey,
		{ pins: facts.pins, rosters: new Map(), params },
		{ ...put, slots }
	);
	return { account, recoveryCode };
}

/** Draws a recovery code and wraps the account key under it. */
export async function newRecoverySlot(
	user: string,
	accountKey: Bytes
): Promise<{ slot: NonNullable<Slots['recovery']>; recoveryCode: string }> {
	const [salt, code] = [randomBytes(saltSize), drawRecoveryCode()];
	const root = await recoveryRoot(code, salt);
	const recoveryCode = writeRecoveryCode(code);
	code.fill(0);
	const named = { name: 'recovery', user, salt, parameters: noParameters } as const;
	const { token, wrapped } = await wrapAccountKey(named, root, accountKey).finally(() => root.fill(0));
	const slot = { salt: toBase64url(salt), token: toBase64url(token), accountKey: toBase64url(wrapped) };
	return { slot, recoveryCode };
}

/** What is put for an account, as far as the server does not have it. */
export async function putOf(account: Account, rosters: RosterPost[] = [], succession?: Bytes): Promise<PutKeys> {
	const put: PutKeys = {
		version: account.keysVersion,
		slots: account.slots,
		identity: identityText(account.self.identity),
		bundle: await account.nextBundle(),
		rosters
	};
	return succession ? { ...put, succession: toBase64url(succession) } : put;
}
