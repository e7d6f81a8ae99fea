import type { Domain } from '../api/ids.ts';
import type { Record as RecordRow } from '../api/record.ts';
import { fromBase64url, toBase64url } from '../crypto/base64url.ts';
import { CryptoError } from '../crypto/crypto-error.ts';
import { eachOf } from '../crypto/each-of.ts';
import { allocateForRecords, resealRecord, sealRecord } from '../crypto/seal-records.ts';
import type { EntityKeys } from './entity-keys.ts';
import type { ResealedBody } from './key-verbs.ts';
import type { OwnIdentity } from './own-identity.ts';

/** What a body is held against before it is sealed anew. Tests take it out, to show what it stops. */
export const resealChecks = { mayReseal };

/**
 * Seals bodies under the current generation: one without a user layer is signed by this person, any other keeps what its
 * author signed. `sealed` is null for a body that does not open.
 * @throws CryptoError `crypto/no-key` where this person holds no key of the current generation
 */
export async function resealBodies(
	keys: EntityKeys,
	domain: Domain,
	rows: readonly RecordRow[],
	self: OwnIdentity,
	checks = resealChecks
): Promise<ResealedBody[]> {
	const { generation: to, key } = keys.currentKey(domain);
	const into = { entity: keys.entity, domain, generation: to, key };
	const author = { id: self.user, signer: self.signer };
	const held = keys.keysOf(domain);
	const oldest = keys.domain(domain)?.oldest ?? 0;
	const bytesOf = allocateForRecords();
	return eachOf(rows, async ({ id, rev, domain: of, generation: from = 0, plain, sealed }) => {
		const at = { id, revision: BigInt(rev) };
		const old = held.get(from);
		let body: Uint8Array | null = null;
		// Nobody signed a body without a user layer: it is signed here, while the domain is being switched on and never
		// after. Else a server had its own words signed by whoever rotates a key.
		const allowed = checks.mayReseal({ oldest, domain, to }, { from, of });
		if (!allowed) body = null;
		else if (from === 0 && plain)
			body = await sealRecord(into, author, { ...at, json: JSON.stringify(plain) }, bytesOf).catch(none);
		else if (sealed !== undefined && old)
			body = await resealRecord(
				{ ...into, generation: from, key: old },
				into,
				{ ...at, envelope: fromBase64url(sealed) },
				bytesOf
			);
		return { id, rev, from, to, sealed: body && toBase64url(body) };
	});
}

/** Whether a body may be sealed anew: of this domain, and of a generation that the accepted roster lets be read. */
function mayReseal(
	{ oldest, domain, to }: { oldest: number; domain: Domain; to: number },
	{ from, of }: { from: number; of: Domain }
): boolean {
	return of === domain && from >= oldest && from <= to;
}

/** A body that is no record cannot be sealed as one. */
function none(error: unknown): null {
	if (!(error instanceof CryptoError)) throw error;
	return null;
}
