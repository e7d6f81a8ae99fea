// Between the interface's texts and the bytes of lib/crypto.
import type { Identity, IdentitiesAnswer } from '../api/keys.ts';
import type { Grant as ApiGrant, Roster, RosterPost } from '../api/rosters.ts';
import { fromBase64url, toBase64url } from '../crypto/base64url.ts';
import type { Bytes } from '../crypto/bytes.ts';
import type { Grant } from '../crypto/grant.ts';
import type { PublicIdentity } from '../crypto/identity.ts';
import type { KnownPerson } from '../crypto/people.ts';
import type { SignedRoster } from '../crypto/signed-roster.ts';

export function identityText({ kem, sign }: PublicIdentity): Identity {
	return { kem: toBase64url(kem), sign: toBase64url(sign) };
}

export function identityOf({ kem, sign }: Identity): PublicIdentity {
	return { kem: fromBase64url(kem), sign: fromBase64url(sign) };
}

export function personOf({ identities, successions }: IdentitiesAnswer): KnownPerson {
	return { identities: identities.map(identityOf), successions: successions.map(fromBase64url) };
}

export function signedRosterOf({ bytes, signature, signer }: Roster): SignedRoster {
	return { bytes: fromBase64url(bytes), signature: fromBase64url(signature), signer };
}

export function grantOf({ sealed, signature, ...grant }: ApiGrant): Grant {
	return { ...grant, use: 'member', sealed: fromBase64url(sealed), signature: fromBase64url(signature) };
}

/** A signed roster and the grants that go out with it, as they are posted. */
export function rosterPost(
	{ epoch, counter, entity }: { entity: string; epoch: number; counter: number },
	{ bytes, signature, signer }: SignedRoster,
	grants: readonly Grant[]
): RosterPost {
	const written = (use: Grant['use']): ApiGrant[] => grants.filter((grant) => grant.use === use).map(grantText);
	return {
		...{
			entity,
			epoch,
			counter: String(counter),
			bytes: toBase64url(bytes),
			signature: toBase64url(signature),
			signer
		},
		grants: written('member'),
		emergency: written('emergency')
	};
}

function grantText({ entity, domain, generation, member, grantor, sealed, signature }: Grant): ApiGrant {
	const texts = { sealed: toBase64url(sealed), signature: toBase64url(signature) };
	return { entity, domain, generation, member, grantor, ...texts };
}

/** Text as UTF-8 with memory of its own, to be handed over. */
export function bytesOf(text: string): Bytes {
	return new TextEncoder().encode(text);
}
