import { toBase64url } from './base64url.ts';
import { joinBytes } from './bytes.ts';
import type { Bytes } from './bytes.ts';
import { sha256 } from './digest.ts';
import { verifySignature } from './ed25519.ts';
import type { Signer } from './ed25519.ts';
import { labels } from './labels.ts';
import type { Roster } from './roster.ts';
import { toUtf8 } from './utf8.ts';

/** A roster as it travels and is kept: its exact bytes, and who signed them. */
export interface SignedRoster {
	bytes: Bytes;
	/** 64 bytes. */
	signature: Bytes;
	/** The id of the person who signed. It is a claim, held against the roster before. */
	signer: string;
}

/** A roster that this client accepted as one of its chain, with the base64url of its hash. */
export interface AcceptedRoster {
	roster: Roster;
	hash: string;
}

/** The signature over a roster's bytes: Ed25519 over "arca/1 roster" 0 bytes. */
export async function signRoster(bytes: Bytes, signer: Signer): Promise<Bytes> {
	return signer.sign(signedPart(bytes));
}

/** Whether the owner of a public key signed a roster. */
export async function isRosterSignedBy({ bytes, signature }: SignedRoster, publicKey: Bytes): Promise<boolean> {
	return verifySignature(publicKey, signedPart(bytes), signature).then(
		() => true,
		() => false
	);
}

/** What the next roster and the bundle name a roster by: the base64url of SHA-256(bytes). */
export async function rosterHash(bytes: Bytes): Promise<string> {
	return toBase64url(await sha256(bytes));
}

function signedPart(bytes: Bytes): Bytes {
	return joinBytes(toUtf8(`${labels.roster}\0`), bytes);
}
