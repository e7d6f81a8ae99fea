import type { Identity } from '../../api/keys.ts';
import type { RosterPost } from '../../api/rosters.ts';
import { fromBase64url } from '../../crypto/base64url.ts';
import { readRoster } from '../../crypto/read-roster.ts';
import { isRosterSignedBy } from '../../crypto/signed-roster.ts';
import { readSuccession } from '../../crypto/succession.ts';
import { hasCode } from '../has-code.ts';
import { refuse } from '../http/refusal.ts';

// Every browser checks these signatures for itself. Here they keep a roster or a statement that no browser would accept
// from taking the next place of its chain, which is taken once.

/**
 * Holds that a roster can be read as browsers read it, and that one of the signer's own identities signed it.
 * @param pointer where it stands in the request.
 * @throws Refusal `request/invalid`.
 */
export async function checkRoster(
	{ bytes, signature, signer }: RosterPost,
	identities: readonly Pick<Identity, 'sign'>[],
	pointer = '#'
): Promise<void> {
	const signed = { bytes: fromBase64url(bytes), signature: fromBase64url(signature), signer };
	try {
		readRoster(signed.bytes);
	} catch (error) {
		if (!hasCode(error, 'crypto/roster')) throw error;
		throw refuse('request/invalid', { errors: [{ pointer: `${pointer}/bytes`, detail: 'is no roster' }] });
	}
	for (const { sign } of identities) if (await isRosterSignedBy(signed, fromBase64url(sign))) return;
	throw refuse('request/invalid', { errors: [{ pointer: `${pointer}/signature`, detail: 'is not of the signer' }] });
}

/**
 * Holds that a statement leads from one identity of a person to the other.
 * @throws Refusal `request/invalid`.
 */
export async function checkSuccession(user: string, from: Identity, to: Identity, statement: string): Promise<void> {
	const bytes = ({ kem, sign }: Identity) => ({ kem: fromBase64url(kem), sign: fromBase64url(sign) });
	try {
		const heir = await readSuccession(user, bytes(from), fromBase64url(statement));
		const wanted = bytes(to);
		if (Buffer.compare(heir.kem, wanted.kem) === 0 && Buffer.compare(heir.sign, wanted.sign) === 0) return;
	} catch (error) {
		if (!hasCode(error, 'crypto/signature')) throw error;
	}
	throw refuse('request/invalid', { errors: [{ pointer: '#/succession', detail: 'is not of these identities' }] });
}
