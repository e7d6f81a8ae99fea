import type { Domain } from '../api/ids.ts';
import { allocateInPieces } from '../crypto/allocate.ts';
import { CryptoError } from '../crypto/crypto-error.ts';
import { eachOf } from '../crypto/each-of.ts';
import { resealRecord, sealRecord } from '../crypto/seal-records.ts';
import type { ResealColumns, SealedColumns } from './columns.ts';
import type { EntityKeys } from './entity-keys.ts';
import { inOnePiece, rowsOf } from './in-one-piece.ts';
import type { OwnIdentity } from './own-identity.ts';
import { revisionOf } from './revision-of.ts';

/** What a body is held against before it is sealed anew. Tests take it out, to show what it stops. */
export const resealChecks = { mayReseal };

const nothing = new Uint8Array();

/**
 * Seals bodies under the current generation: one without a user layer is signed by this person, any other keeps what its
 * author signed. A body that does not open has no bytes in the answer.
 * @throws CryptoError `crypto/no-key` where this person holds no key of the current generation
 */
export async function resealBodies(
	keys: EntityKeys,
	domain: Domain,
	{ ids, revs, domains, generations, jsons, ...piece }: ResealColumns,
	self: OwnIdentity,
	checks = resealChecks
): Promise<SealedColumns> {
	const { generation, key } = keys.currentKey(domain);
	const into = { entity: keys.entity, domain, generation, key };
	const author = { id: self.user, signer: self.signer };
	const held = keys.keysOf(domain);
	const accepted = { oldest: keys.domain(domain)?.oldest ?? 0, domain, to: generation };
	const bytesOf = allocateInPieces();
	const anew = async (envelope: Uint8Array<ArrayBuffer>, at: number): Promise<Uint8Array> => {
		const [from = 0, of, json] = [generations[at], domains[at], jsons[at]];
		const place = { id: ids[at] ?? '', revision: revisionOf(revs[at]) };
		// Nobody signed a body without a user layer: it is signed here, while the domain is being switched on and never
		// after. Else a server had its own words signed by whoever rotates a key.
		if (!checks.mayReseal(accepted, { from, of })) return nothing;
		if (from === 0 && json) return sealRecord(into, author, { ...place, json }, bytesOf).catch(none);
		const old = held.get(from);
		if (!old) return nothing;
		return (
			(await resealRecord({ ...into, generation: from, key: old }, into, { ...place, envelope }, bytesOf)) ?? nothing
		);
	};
	const bodies = await eachOf([...rowsOf(piece).entries()], ([at, envelope]) => anew(envelope, at));
	return { generation, ...inOnePiece(bodies) };
}

/** Whether a body may be sealed anew: of this domain, and of a generation that the accepted roster lets be read. */
function mayReseal(
	{ oldest, domain, to }: { oldest: number; domain: Domain; to: number },
	{ from, of }: { from: number; of: Domain | undefined }
): boolean {
	return of === domain && from >= oldest && from <= to;
}

/** A body that is no record cannot be sealed as one. */
function none(error: unknown): Uint8Array {
	if (!(error instanceof CryptoError)) throw error;
	return nothing;
}
