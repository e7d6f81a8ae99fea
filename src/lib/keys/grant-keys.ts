import type { Domain } from '../access/domains.ts';
import type { Bytes } from '../crypto/bytes.ts';
import { CryptoError } from '../crypto/crypto-error.ts';
import { sealGrant } from '../crypto/grant.ts';
import type { Grant } from '../crypto/grant.ts';
import type { People } from '../crypto/people.ts';
import type { GrantUse } from '../crypto/roster-rights.ts';
import type { Roster } from '../crypto/roster.ts';
import type { OwnIdentity } from './own-identity.ts';

/** A raw domain key that is lent for the length of `work`. */
export interface LentKey {
	use<T>(work: (key: Bytes) => Promise<T>): Promise<T>;
}

/**
 * Grants one generation of a domain's key to everybody whom a roster gives the domain, emergency contacts by their own
 * label. Keys go to the signed roster and to nobody else.
 * @throws CryptoError `crypto/identity-changed` where somebody's identity was not served
 */
export async function grantToAll(
	roster: Roster,
	{ domain, generation, key }: { domain: Domain; generation: number; key: LentKey },
	self: OwnIdentity,
	people: People
): Promise<Grant[]> {
	const grantor = { id: self.user, identity: self.identity, signer: self.signer };
	const grants: Grant[] = [];
	const uses: [GrantUse, readonly { id: string; identity: string; domains: readonly Domain[] }[]][] = [
		['member', roster.members],
		['emergency', roster.emergency]
	];
	for (const [use, rows] of uses) {
		for (const row of rows) {
			if (!row.domains.includes(domain)) continue;
			const identity = row.identity === self.hash ? self.identity : people.identity(row.id, row.identity);
			if (!identity) throw new CryptoError('crypto/identity-changed');
			const member = { id: row.id, identity };
			grants.push(await key.use((raw) => sealGrant(roster, { use, domain, generation, key: raw }, member, grantor)));
		}
	}
	return grants;
}
