import type { Identity } from '../../api/keys.ts';
import { fromBase64url } from '../../crypto/base64url.ts';
import type { PublicIdentity } from '../../crypto/identity.ts';
import { readSuccession } from '../../crypto/succession.ts';
import { hasCode } from '../has-code.ts';
import { refuse } from '../http/refusal.ts';

/** A public identity as it travels, as bytes. */
export function identityBytesOf({ kem, sign }: Pick<Identity, 'kem' | 'sign'>): PublicIdentity {
	return { kem: fromBase64url(kem), sign: fromBase64url(sign) };
}

/**
 * Holds that a statement leads from one identity of a person to the other. Every browser checks it for itself; here it
 * keeps a statement that no browser would accept from being stored.
 * @throws Refusal `request/invalid`.
 */
export async function checkSuccession(user: string, from: Identity, to: Identity, statement: string): Promise<void> {
	try {
		const heir = await readSuccession(user, identityBytesOf(from), fromBase64url(statement));
		const wanted = identityBytesOf(to);
		if (Buffer.compare(heir.kem, wanted.kem) === 0 && Buffer.compare(heir.sign, wanted.sign) === 0) return;
	} catch (error) {
		if (!hasCode(error, 'crypto/signature')) throw error;
	}
	throw refuse('request/invalid', { errors: [{ pointer: '#/succession', detail: 'is not of these identities' }] });
}
