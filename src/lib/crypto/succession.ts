import { equalBytes, joinBytes } from './bytes.ts';
import type { Bytes } from './bytes.ts';
import { CryptoError } from './crypto-error.ts';
import { signatureSize, verifySignature } from './ed25519.ts';
import type { Signer } from './ed25519.ts';
import { identityBytes, identityHash, identitySize } from './identity.ts';
import type { PublicIdentity } from './identity.ts';
import { kemPublicSize } from './hpke.ts';
import { labels } from './labels.ts';
import { toUtf8 } from './utf8.ts';
import { uuidBytes } from './uuid.ts';

const heirAt = 32;
const timeAt = heirAt + identitySize;
const oldSignatureAt = timeAt + 8;
const newSignatureAt = oldSignatureAt + signatureSize;
const statementSize = newSignatureAt + signatureSize;

/** An identity of one's own, and what signs for it. */
export interface SigningIdentity {
	identity: PublicIdentity;
	signer: Signer;
}

/**
 * States that a person's identity is followed by another: what `readSuccession` reads.
 * @param time milliseconds since 1970, a whole number.
 */
export async function writeSuccession(
	user: string,
	from: SigningIdentity,
	to: SigningIdentity,
	time: number
): Promise<Bytes> {
	const at = new Uint8Array(8);
	new DataView(at.buffer).setBigUint64(0, BigInt(time));
	const fields = joinBytes(await identityHash(from.identity), identityBytes(to.identity), at);
	const signed = joinBytes(toUtf8(`${labels.succession}\0`), uuidBytes(user), fields);
	return joinBytes(fields, await from.signer.sign(signed), await to.signer.sign(signed));
}

/**
 * The identity that a person passed on to, by a statement that both the old and the new one signed: hash of the old,
 * kem and sign of the new, time u64 in milliseconds, and two signatures over "arca/1 succession" 0 user id and those.
 * @param from the identity that is held for this person's.
 * @throws CryptoError `crypto/signature` when it is no statement of this person and this identity.
 */
export async function readSuccession(user: string, from: PublicIdentity, statement: Bytes): Promise<PublicIdentity> {
	const isFrom = equalBytes(statement.subarray(0, heirAt), await identityHash(from));
	if (statement.length !== statementSize || !isFrom) throw new CryptoError('crypto/signature');
	const kemEnd = heirAt + kemPublicSize;
	const heir = { kem: statement.slice(heirAt, kemEnd), sign: statement.slice(kemEnd, timeAt) };
	const signed = joinBytes(toUtf8(`${labels.succession}\0`), uuidBytes(user), statement.subarray(0, oldSignatureAt));
	await verifySignature(from.sign, signed, statement.slice(oldSignatureAt, newSignatureAt));
	await verifySignature(heir.sign, signed, statement.slice(newSignatureAt));
	return heir;
}
