import { sealRecords } from '../crypto/seal-records.ts';
import type { RecordInPlace, SealingDomain } from '../crypto/seal-records.ts';
import type { PlacedColumns, SealedColumns } from './columns.ts';
import { rowsOf } from './in-one-piece.ts';
import type { OwnIdentity } from './own-identity.ts';
import { revisionOf } from './revision-of.ts';

/**
 * Signs and seals bodies as they go over, where they are.
 * @throws CryptoError `crypto/input` when one was not laid out: then none is sealed
 */
export async function sealBodies(
	into: SealingDomain,
	{ user, signer }: Pick<OwnIdentity, 'user' | 'signer'>,
	columns: PlacedColumns
): Promise<SealedColumns> {
	await sealRecords(into, { id: user, signer }, placedRows(columns));
	return { generation: into.generation, bytes: columns.bytes, sizes: columns.sizes };
}

/** Each body with its place. */
export function placedRows({ ids, revs, ...piece }: PlacedColumns): RecordInPlace[] {
	return rowsOf(piece).map((envelope, at) => ({ id: ids[at] ?? '', revision: revisionOf(revs[at]), envelope }));
}
