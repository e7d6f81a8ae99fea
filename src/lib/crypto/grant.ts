import type { Domain } from '../access/domains.ts';
import { toBase64url } from './base64url.ts';
import { joinBytes } from './bytes.ts';
import type { Bytes } from './bytes.ts';
import { CryptoError } from './crypto-error.ts';
import { sha256 } from './digest.ts';
import { domainKeyHash, nameBytes } from './domain-key.ts';
import { verifySignature } from './ed25519.ts';
import type { Signer } from './ed25519.ts';
import { hpkeOpen, hpkeSeal, hpkeSuite } from './hpke.ts';
import { identityHash } from './identity.ts';
import type { PrivateIdentity, PublicIdentity } from './identity.ts';
import { labels } from './labels.ts';
import { checkGrantee, checkGrantor } from './roster-rights.ts';
import type { GrantUse } from './roster-rights.ts';
import type { Roster } from './roster.ts';
import { toUtf8 } from './utf8.ts';
import { uuidBytes } from './uuid.ts';

/** Which key is granted to whom, and for what. */
export interface GrantPlace {
	use: GrantUse;
	entity: string;
	domain: Domain;
	generation: number;
	/** The id of the member, or of the emergency contact. */
	member: string;
}

/** A domain key, sealed to one identity and signed by a member who may. */
export interface Grant extends GrantPlace {
	/** The id of who signed. */
	grantor: string;
	/** Encapsulation (1120 bytes), then ciphertext and tag (48). */
	sealed: Bytes;
	/** 64 bytes. */
	signature: Bytes;
}

/** A domain key that is to be granted. */
export interface KeyToGrant {
	use: GrantUse;
	domain: Domain;
	generation: number;
	/** 32 bytes. */
	key: Bytes;
}

/** A person with the identity that the caller holds for theirs; both are held against the roster. */
export interface Person {
	id: string;
	identity: PublicIdentity;
}

/**
 * What a grant is held against before its key is used. Tests take single ones out, to show what each of them stops.
 */
export const grantChecks = { checkEntity, checkGrantor, checkGrantee, checkSignature, checkKey };
export type GrantChecks = typeof grantChecks;

/**
 * Seals a domain key to a member or contact of the roster, and signs that.
 * @param roster the accepted one, or the next one, that the grant goes out with.
 * @param by whose algorithms seal; only the published vectors, whose chance is given, bring their own.
 * @param checks see `grantChecks`.
 * @throws CryptoError `crypto/roster` or `crypto/identity-changed` when the roster does not have the grantee, the
 * grantor's right or this key; `crypto/input` on bytes of another length.
 */
export async function sealGrant(
	roster: Roster,
	{ use, domain, generation, key }: KeyToGrant,
	member: Person,
	grantor: Person & { signer: Signer },
	{ by = hpkeSuite(), checks = grantChecks }: { by?: ReturnType<typeof hpkeSuite>; checks?: GrantChecks } = {}
): Promise<Grant> {
	const place = { use, entity: roster.entity, domain, generation, member: member.id };
	const hash = await identityHash(member.identity);
	checks.checkGrantee(roster, use, { id: member.id, identity: toBase64url(hash) }, domain);
	checks.checkGrantor(roster, { id: grantor.id, identity: toBase64url(await identityHash(grantor.identity)) }, domain);
	await checks.checkKey(roster, place, key);
	const info = grantInfo(place, hash);
	const sealed = await hpkeSeal(member.identity.kem, info, key, by);
	const signature = await grantor.signer.sign(await signedPart(use, info, grantor.id, sealed));
	return { ...place, grantor: grantor.id, sealed, signature };
}

/**
 * The domain key of a grant: only if the accepted roster has its hash, and its grantor with the right to grant it there,
 * under the identity that is given, and the reader as its grantee.
 * @param reader whose grant it is, with the private half of their identity.
 * @throws CryptoError `crypto/cannot-open`, whatever it was that did not fit.
 */
export async function openGrant(
	roster: Roster,
	grant: Grant,
	grantor: PublicIdentity,
	reader: Person & { private: Pick<PrivateIdentity, 'kem'> },
	checks: GrantChecks = grantChecks
): Promise<Bytes> {
	try {
		const hash = await identityHash(reader.identity);
		checks.checkEntity(roster, grant, reader);
		checks.checkGrantee(roster, grant.use, { id: reader.id, identity: toBase64url(hash) }, grant.domain);
		const signer = { id: grant.grantor, identity: toBase64url(await identityHash(grantor)) };
		checks.checkGrantor(roster, signer, grant.domain);
		const info = grantInfo(grant, hash);
		await checks.checkSignature(grant, info, grantor);
		const key = await hpkeOpen(reader.private.kem, info, grant.sealed);
		await checks.checkKey(roster, grant, key);
		return key;
	} catch {
		// A planted key, a grantor without the right and a flipped bit are the same to whoever tries.
		throw new CryptoError('crypto/cannot-open');
	}
}

/** What a grant is bound to: label 0 entity, domain 0, generation, member id, the hash of the member's identity. */
export function grantInfo(place: GrantPlace, identity: Uint8Array): Bytes {
	const label = place.use === 'member' ? labels.grant : labels.emergency;
	return joinBytes(nameBytes(label, place), uuidBytes(place.member), identity);
}

function checkEntity(roster: Roster, grant: Grant, reader: Person): void {
	if (grant.entity !== roster.entity || grant.member !== reader.id) throw new CryptoError('crypto/roster');
}

/** Throws CryptoError `crypto/signature` unless the grantor signed this. */
async function checkSignature(grant: Grant, info: Bytes, grantor: PublicIdentity): Promise<void> {
	const signed = await signedPart(grant.use, info, grant.grantor, grant.sealed);
	await verifySignature(grantor.sign, signed, grant.signature);
}

/** Throws CryptoError `crypto/roster` unless the roster names this very key for the generation. */
async function checkKey(roster: Roster, place: GrantPlace, key: Bytes): Promise<void> {
	const named = roster.domains[place.domain]?.keys[place.generation];
	if (named === undefined || named !== toBase64url(await domainKeyHash(place, key)))
		throw new CryptoError('crypto/roster');
}

async function signedPart(use: GrantUse, info: Bytes, grantor: string, sealed: Bytes): Promise<Bytes> {
	const label = use === 'member' ? labels.grantSignature : labels.emergencySignature;
	return joinBytes(toUtf8(`${label}\0`), await sha256(info), uuidBytes(grantor), await sha256(sealed));
}
