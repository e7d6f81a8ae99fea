import type { Domain } from '../access/domains.ts';
import type { Role } from '../access/roles.ts';
import { toBase64url } from './base64url.ts';
import { equalBytes, joinBytes, randomBytes } from './bytes.ts';
import type { Bytes } from './bytes.ts';
import { CryptoError } from './crypto-error.ts';
import { hkdf } from './hkdf.ts';
import { identityBytes, identityHash } from './identity.ts';
import type { PublicIdentity } from './identity.ts';
import { labels } from './labels.ts';
import { toUtf8 } from './utf8.ts';
import { uuidBytes } from './uuid.ts';

/** Bytes of the secret that an invitation's link carries in its fragment. */
export const invitationSecretSize = 16;

/** What inviter and invitee both mean, and prove to each other that they mean. */
export interface Invitation {
	/** The invitation's id, a UUID in lower case. */
	id: string;
	entity: string;
	role: Role;
	/** In the order in which the invitation lists them. */
	domains: readonly Domain[];
	/** SHA-256 of the entity's newest roster when the invitation was made, 32 bytes. */
	roster: Bytes;
}

/** Who proves; the invitee's proof also names the inviter whose proof was checked. */
export type Prover =
	| { side: 'inviter'; identity: PublicIdentity }
	| { side: 'invitee'; identity: PublicIdentity; inviter: PublicIdentity };

/** A new secret: 16 random bytes. */
export function drawInvitationSecret(): Bytes {
	return randomBytes(invitationSecretSize);
}

/** `/invite/<id>#<secret>`: to be handed over by the inviter. What is behind # is never sent to a server. */
export function invitationLink(id: string, secret: Bytes): string {
	checkSecret(secret);
	return `/invite/${id}#${toBase64url(secret)}`;
}

/**
 * What the invitee shows to the server to accept, once: HKDF(secret, "arca/1 invite token"). The database keeps its
 * SHA-256.
 * @throws CryptoError `crypto/input` when the secret is not 16 bytes.
 */
export async function invitationToken(secret: Bytes): Promise<Bytes> {
	checkSecret(secret);
	return hkdf(secret, labels.inviteToken);
}

/**
 * Proves to the holder of the same link that this identity is the prover's, for this very invitation: HMAC-SHA-256 by
 * HKDF(secret, "arca/1 invite proof"), 32 bytes.
 * @throws CryptoError `crypto/input` on a secret, id, hash or key of another shape.
 */
export async function proveInvitation(secret: Bytes, invitation: Invitation, prover: Prover): Promise<Bytes> {
	checkSecret(secret);
	const proved = await provedBytes(invitation, prover);
	const bytes = await hkdf(secret, labels.inviteProof);
	try {
		const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
		return new Uint8Array(await crypto.subtle.sign('HMAC', key, proved));
	} finally {
		bytes.fill(0);
	}
}

/**
 * Holds that whoever holds the link proved this identity for this invitation.
 * @throws CryptoError `crypto/signature` when it is not so.
 */
export async function checkInvitationProof(
	secret: Bytes,
	invitation: Invitation,
	prover: Prover,
	proof: Bytes
): Promise<void> {
	const expected = await proveInvitation(secret, invitation, prover).catch(() => undefined);
	if (!expected || !equalBytes(expected, proof)) throw new CryptoError('crypto/signature');
}

/** "arca/1 invite" 0 side 0 invitation id, entity id, role 0, domains joined by "," 0, roster hash, kem, sign, … */
async function provedBytes({ id, entity, role, domains, roster }: Invitation, prover: Prover): Promise<Bytes> {
	if (roster.length !== 32) throw new CryptoError('crypto/input');
	return joinBytes(
		toUtf8(`${labels.invite}\0${prover.side}\0`),
		uuidBytes(id),
		uuidBytes(entity),
		toUtf8(`${role}\0${domains.join(',')}\0`),
		roster,
		identityBytes(prover.identity),
		...(prover.side === 'invitee' ? [await identityHash(prover.inviter)] : [])
	);
}

function checkSecret(secret: Bytes): void {
	if (secret.length !== invitationSecretSize) throw new CryptoError('crypto/input');
}
