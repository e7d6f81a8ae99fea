import type { Domain } from '../api/ids.ts';
import { CryptoError } from '../crypto/crypto-error.ts';
import { eachOf } from '../crypto/each-of.ts';
import { resealRecord, sealRecord } from '../crypto/seal-records.ts';
import type { RecordInPlace } from '../crypto/seal-records.ts';
import type { ResealColumns, ResealedColumns } from './columns.ts';
import type { EntityKeys } from './entity-keys.ts';
import type { OwnIdentity } from './own-identity.ts';
import { placedRows } from './seal-bodies.ts';

/** What a body is held against before it is sealed anew. Tests take it out, to show what it stops. */
export const resealChecks = { mayReseal };

/**
 * Seals bodies under the current generation, where they are: one without a user layer is signed by this person, any other
 * keeps what its author signed. `anew` is false for one that does not open.
 * @throws CryptoError `crypto/no-key` where this person holds no key of the current generation
 */
export async function resealBodies(
	keys: EntityKeys,
	domain: Domain,
	{ domains, generations, ...columns }: ResealColumns,
	self: OwnIdentity,
	checks = resealChecks
): Promise<ResealedColumns> {
	const { generation, key } = keys.currentKey(domain);
	const into = { entity: keys.entity, domain, generation, key };
	const author = { id: self.user, signer: self.signer };
	const held = keys.keysOf(domain);
	const accepted = { oldest: keys.domain(domain)?.oldest ?? 0, domain, to: generation };
	const sealAnew = async (row: RecordInPlace, from: number, of: Domain | undefined): Promise<boolean> => {
		// Nobody signed a body without a user layer: it is signed here, while the domain is being switched on and never
		// after. Else a server had its own words signed by whoever rotates a key.
		if (!checks.mayReseal(accepted, { from, of })) return false;
		if (from === 0) return sealRecord(into, author, row).then(() => true, isNone);
		const old = held.get(from);
		return old !== undefined && resealRecord({ ...into, generation: from, key: old }, into, row);
	};
	const rows = placedRows(columns).entries();
	const anew = await eachOf([...rows], ([at, row]) => sealAnew(row, generations[at] ?? 0, domains[at]));
	return { generation, anew, bytes: columns.bytes, sizes: columns.sizes };
}

/** Whether a body may be sealed anew: of this domain, and of a generation that the accepted roster lets be read. */
function mayReseal(
	{ oldest, domain, to }: { oldest: number; domain: Domain; to: number },
	{ from, of }: { from: number; of: Domain | undefined }
): boolean {
	return of === domain && from >= oldest && from <= to;
}

/** A body that is no record was not laid out, and cannot be sealed as one. */
function isNone(error: unknown): false {
	if (!(error instanceof CryptoError)) throw error;
	return false;
}
