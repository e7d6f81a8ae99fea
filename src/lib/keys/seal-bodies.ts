import { sealRecords } from '../crypto/seal-records.ts';
import type { SealingDomain } from '../crypto/seal-records.ts';
import type { JsonColumns, SealedColumns } from './columns.ts';
import { inOnePiece } from './in-one-piece.ts';
import type { OwnIdentity } from './own-identity.ts';
import { revisionOf } from './revision-of.ts';

/**
 * Signs and seals bodies as they go over.
 * @throws CryptoError `crypto/input` when one is no record: then none is sealed
 */
export async function sealBodies(
	into: SealingDomain,
	{ user, signer }: Pick<OwnIdentity, 'user' | 'signer'>,
	{ ids, revs, jsons }: JsonColumns
): Promise<SealedColumns> {
	const records = ids.map((id, at) => ({ id, revision: revisionOf(revs[at]), json: jsons[at] ?? '' }));
	const envelopes = await sealRecords(into, { id: user, signer }, records);
	return { generation: into.generation, ...inOnePiece(envelopes) };
}
