import { argon2 } from 'node:crypto';
import { promisify } from 'node:util';
import { sha512 } from '@noble/hashes/sha2.js';
import { shake256 } from '@noble/hashes/sha3.js';
import type { PutKeys } from '../../src/lib/api/keys.ts';
import type { RosterPost } from '../../src/lib/api/rosters.ts';
import { unwrapAccountKey } from '../../src/lib/crypto/account-key.ts';
import { fromBase64url } from '../../src/lib/crypto/base64url.ts';
import { openBundle } from '../../src/lib/crypto/bundle.ts';
import type { Bytes } from '../../src/lib/crypto/bytes.ts';
import { openGrant } from '../../src/lib/crypto/grant.ts';
import { hkdf } from '../../src/lib/crypto/hkdf.ts';
import type { PrivateIdentity, PublicIdentity } from '../../src/lib/crypto/identity.ts';
import { noParameters } from '../../src/lib/crypto/kdf.ts';
import type { Argon2 } from '../../src/lib/crypto/kdf.ts';
import { labels } from '../../src/lib/crypto/labels.ts';
import { readRoster } from '../../src/lib/crypto/read-roster.ts';
import { readRecoveryCode } from '../../src/lib/crypto/recovery-code.ts';
import { passwordBytes, recoveryRoot, rootKey } from '../../src/lib/crypto/root-key.ts';
import { grantOf, identityOf } from '../../src/lib/keys/api-bytes.ts';
import type { Exchange } from '../stage/front.ts';
import type { Secret } from './spellings.ts';

/** What a person knows of one version of their keys. */
export interface Known {
	password: string;
	code: string;
}

interface Opened {
	public: PublicIdentity;
	private: PrivateIdentity;
}

/** Node's own Argon2id, which has nothing to do with the one that the browser runs. */
const argon2id: Argon2 = async (password, nonce, { m, t, p }) => {
	const cost = { message: password, nonce, memory: m, passes: t, parallelism: p, tagLength: 32 };
	return new Uint8Array(await promisify(argon2)('argon2id', cost));
};

/**
 * Everything of an account that must never leave the browser, opened from what did: as the person could who has the
 * passwords, so that these are the very keys. Throws where one of them does not open.
 * @param known by the version of the keys, from 1
 */
export async function secretsOf(exchanges: readonly Exchange[], known: readonly Known[]): Promise<Secret[]> {
	const puts = taken<PutKeys>(exchanges, 'PUT /api/keys').sort((one, other) => one.version - other.version);
	const posts = [...puts.flatMap(({ rosters }) => rosters), ...taken<RosterPost>(exchanges, 'POST /api/rosters')];
	const [first] = posts;
	if (!first) throw new Error('no roster was posted');
	const [user] = readRoster(fromBase64url(first.bytes)).members.map(({ id }) => id);
	const secrets: Secret[] = [];
	const identities = new Map<string, Opened>();
	for (const put of puts) {
		const with_ = known[put.version - 1];
		if (!with_) throw new Error(`nobody knows the password of keys ${put.version}`);
		const opened = await openKeys(put, user ?? '', with_);
		secrets.push(...opened.secrets);
		identities.set(put.identity.sign, opened.identity);
	}
	for (const post of posts) secrets.push(...(await domainKeys(post, [...identities.values()])));
	return [...new Map(secrets.map((secret) => [Buffer.from(secret.value).toString('hex'), secret])).values()];
}

async function openKeys(put: PutKeys, user: string, { password, code }: Known) {
	const { salt, params, token, accountKey: wrapped } = put.slots.password;
	const [m, t, p] = params;
	const at = { name: 'password' as const, user, salt: fromBase64url(salt), parameters: { m, t, p } };
	const root = await rootKey(argon2id, passwordBytes(password), at.salt, at.parameters);
	const accountKey = await unwrapAccountKey(at, root, fromBase64url(token), fromBase64url(wrapped));
	const publicIdentity = identityOf(put.identity);
	const envelope = fromBase64url(put.bundle.sealed);
	const { identity } = await openBundle(accountKey, user, put.bundle.version, envelope, publicIdentity);
	const nameIt = (name: string, value: string | Uint8Array): Secret => ({ name: `${name} ${put.version}`, value });
	const secrets = [
		nameIt('the encryption password', password),
		nameIt('the root key', root),
		nameIt('the wrap key', await hkdf(root, labels.wrap)),
		nameIt('the account key', accountKey),
		nameIt('the bundle key', await hkdf(accountKey, labels.bundle)),
		nameIt('the cache key', await hkdf(accountKey, labels.accountCache)),
		nameIt('the KEM seed', identity.kem),
		nameIt('the expanded KEM seed', shake256(identity.kem, { dkLen: 96 })),
		nameIt('the signing seed', identity.sign),
		nameIt('the expanded signing seed', sha512(identity.sign)),
		...(await codeSecrets(put, user, code, accountKey)).map(([name, value]) => nameIt(name, value))
	];
	return { secrets, identity: { public: publicIdentity, private: identity } };
}

async function codeSecrets(put: PutKeys, user: string, code: string, accountKey: Bytes) {
	const { recovery } = put.slots;
	if (!recovery) return [];
	const bytes = readRecoveryCode(code);
	const at = { name: 'recovery' as const, user, salt: fromBase64url(recovery.salt), parameters: noParameters };
	const root = await recoveryRoot(bytes, at.salt);
	const opened = await unwrapAccountKey(at, root, fromBase64url(recovery.token), fromBase64url(recovery.accountKey));
	if (Buffer.compare(opened, accountKey) !== 0) throw new Error('the code opens another account key');
	const bare = code.replaceAll('-', '');
	return [
		...[code, bare, code.toLowerCase(), bare.toLowerCase()].map((text) => ['the recovery code', text] as const),
		['the bytes of the recovery code', bytes] as const,
		['the recovery root key', root] as const,
		['the recovery wrap key', await hkdf(root, labels.wrap)] as const
	];
}

/** The keys that a roster was posted with, each opened with the identity it was sealed to. */
async function domainKeys(post: RosterPost, identities: readonly Opened[]): Promise<Secret[]> {
	const roster = readRoster(fromBase64url(post.bytes));
	const secrets: Secret[] = [];
	for (const grant of post.grants) {
		const opened = identities.map(async (own) => {
			const reader = { id: grant.member, identity: own.public, private: own.private };
			return openGrant(roster, grantOf(grant), own.public, reader);
		});
		const key = await Promise.any(opened);
		const name = `of ${grant.domain} ${grant.generation}`;
		secrets.push({ name: `the domain key ${name}`, value: key });
		secrets.push({ name: `the body key ${name}`, value: await hkdf(key, labels.body) });
	}
	return secrets;
}

/** Bodies that the server took at an address. */
export function taken<T>(exchanges: readonly Exchange[], line: string): T[] {
	return exchanges
		.filter(({ head, status }) => head.split('\n', 1)[0] === line && status !== null && status < 300)
		.map(({ body }) => JSON.parse(body.toString()) as T);
}
