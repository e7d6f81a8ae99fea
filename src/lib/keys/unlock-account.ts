import type { BundleText, KeysAnswer } from '../api/keys.ts';
import { unwrapAccountKey } from '../crypto/account-key.ts';
import { fromBase64url } from '../crypto/base64url.ts';
import { unwrapForBiometric } from '../crypto/biometric-slot.ts';
import { openBundle } from '../crypto/bundle.ts';
import type { Bytes } from '../crypto/bytes.ts';
import { CryptoError } from '../crypto/crypto-error.ts';
import { unwrapForDevice } from '../crypto/device-slot.ts';
import { checkParameters, noParameters } from '../crypto/kdf.ts';
import type { Argon2, KdfParameters } from '../crypto/kdf.ts';
import { unwrapForPin } from '../crypto/pin-slot.ts';
import { readRecoveryCode } from '../crypto/recovery-code.ts';
import { recoveryRoot, rootKey } from '../crypto/root-key.ts';
import { checkToken } from '../crypto/token.ts';
import { Account, cacheKeyOf } from './account.ts';
import { identityOf } from './api-bytes.ts';
import type { HeldPin } from './held-pin.ts';
import type { Opener, Params, SeenKeys } from './key-verbs.ts';
import { KeysError } from './keys-error.ts';
import { ownIdentity } from './own-identity.ts';

/** What is served or kept of an account's keys, and what opens it. */
export interface Unlocking {
	user: string;
	keys: KeysAnswer;
	bundle: BundleText;
	by: Opener;
	seen?: SeenKeys | undefined;
	/** The PIN that was read, where its share opens. */
	pin?: HeldPin | undefined;
}

/** What served keys are held against. Tests take single ones out, to show what each of them stops. */
export const unlockChecks = { checkParameters, checkToken, checkVersions };
export type UnlockChecks = typeof unlockChecks;

/**
 * Opens the account key by one of its slots, then the bundle, which must be of the identity that is served.
 * @throws CryptoError `crypto/kdf-parameters` before anything is derived; `crypto/cannot-open` for a wrong password and
 * for tampering alike; `crypto/recovery-code` for a mistyped one; `crypto/rolled-back` for earlier keys or an earlier bundle than this
 * device saw; `crypto/identity-changed` where the served identity is not the bundle's. KeysError `keys/out-of-memory`.
 */
export async function unlockAccount(argon2: Argon2, input: Unlocking, checks = unlockChecks): Promise<Account> {
	return openAccount(await openAccountKey(argon2, input, checks), input, checks);
}

/**
 * Holds that neither keys nor bundle are older than what this device saw.
 * @throws CryptoError `crypto/rolled-back` when one is
 */
function checkVersions({ keys, bundle, seen }: Partial<Unlocking>): void {
	if (seen && keys && keys.version < seen.version) throw new CryptoError('crypto/rolled-back');
	if (seen && bundle && bundle.version < seen.bundle) throw new CryptoError('crypto/rolled-back');
}

/** The account key by one of its slots; who asks zero-fills it. Throws as unlockAccount. */
export async function openAccountKey(argon2: Argon2, input: Unlocking, checks = unlockChecks): Promise<Bytes> {
	checks.checkVersions({ keys: input.keys, seen: input.seen });
	return openSlot(argon2, input, checks);
}

/** The account of an account key, which is zero-filled, and a bundle. Throws as unlockAccount. */
export async function openAccount(
	accountKey: Bytes,
	{ user, keys, bundle, seen }: Omit<Unlocking, 'by'>,
	checks = unlockChecks
): Promise<Account> {
	try {
		checks.checkVersions({ bundle, seen });
		const [envelope, served] = [fromBase64url(bundle.sealed), identityOf(keys.identity)];
		const { identity, ...facts } = await openBundle(accountKey, user, bundle.version, envelope, served);
		// The one that is served is the one computed from the seeds: the bundle would not have opened.
		const self = await ownIdentity(user, identity, served);
		const { version: keysVersion, slots } = keys;
		return await Account.open(self, accountKey, facts, { keysVersion, bundleVersion: bundle.version, slots });
	} finally {
		accountKey.fill(0);
	}
}

/**
 * What sealed the keys for what a device keeps, of an account key that may be another than the one of now. Throws as
 * unlockAccount does for the slot.
 */
export async function openCacheKey(argon2: Argon2, input: Pick<Unlocking, 'user' | 'keys' | 'by'>): Promise<CryptoKey> {
	const accountKey = await openSlot(argon2, input);
	try {
		return await cacheKeyOf(accountKey);
	} finally {
		accountKey.fill(0);
	}
}

async function openSlot(
	argon2: Argon2,
	{ user, keys: { slots }, by, seen, pin }: Omit<Unlocking, 'bundle'>,
	checks = unlockChecks
): Promise<Bytes> {
	if ('deviceKey' in by) return unwrapForDevice(by.deviceKey, user, fromBase64url(by.wrapped));
	if ('prf' in by) return unwrapForBiometric(by.prf, user, fromBase64url(by.wrapped)).finally(() => by.prf.fill(0));
	if ('share' in by) {
		if (!pin) throw new KeysError('keys/locked');
		return pin.use(user, by.share, (slot, halves) => unwrapForPin(slot, halves, fromBase64url(by.wrapped)));
	}
	if ('password' in by) {
		const { token, wrapped, ...at } = bytesOfSlot(slots.password);
		const highest = seen && parametersOf(seen.params);
		const root = await rootKey(argon2, by.password, at.salt, at.parameters, highest, checks.checkParameters).finally(
			() => by.password.fill(0)
		);
		const slot = { name: 'password', user, ...at } as const;
		return unwrapAccountKey(slot, root, token, wrapped, checks.checkToken).finally(() => root.fill(0));
	}
	if (!slots.recovery) throw new CryptoError('crypto/cannot-open');
	const { token, wrapped, ...at } = bytesOfSlot(slots.recovery);
	const code = readRecoveryCode(by.recoveryCode);
	const root = await recoveryRoot(code, at.salt).finally(() => code.fill(0));
	return unwrapAccountKey({ name: 'recovery', user, ...at }, root, token, wrapped).finally(() => root.fill(0));
}

function bytesOfSlot(slot: { salt: string; params?: Params; token: string; accountKey: string }) {
	return {
		salt: fromBase64url(slot.salt),
		parameters: slot.params ? parametersOf(slot.params) : noParameters,
		token: fromBase64url(slot.token),
		wrapped: fromBase64url(slot.accountKey)
	};
}

function parametersOf([m, t, p]: Params): KdfParameters {
	return { m, t, p };
}
