import type { Domain } from '../api/ids.ts';
import type { Record as RecordRow } from '../api/record.ts';
import type { StoredRecord, Unread } from '../device/record-store.ts';
import type { DomainLayer } from '../keys/record-keys.ts';
import { layerOf } from './layers.ts';
import type { Layers } from './layers.ts';

/** Why a row that came is refused before it is opened; null where nothing speaks against it. */
export type RefuseRow = (layer: DomainLayer | null, row: RecordRow) => Unread | null;

/**
 * What the accepted roster says about a row: a body in the clear is read in a domain with a user layer only while that is
 * being switched on, and none below the oldest generation (protocol.md, sections 5 and 7).
 */
export function refuseRow(layer: DomainLayer | null, { plain, sealed, generation = 0 }: RecordRow): Unread | null {
	if (sealed === undefined) return plain !== undefined && layer !== null && layer.oldest > 0 ? 'plain-refused' : null;
	if (layer === null || generation > layer.current) return 'no-key';
	return generation < Math.max(layer.oldest, 1) ? 'retired' : null;
}

/**
 * Takes the user layer off rows of an entity. Where a row is ahead of what is known of its domain, the newer rosters are
 * asked for first, once. A row that is not taken says why in `unread`, and has no body.
 * @throws KeysError `keys/locked`, ApiError or CryptoError where the rosters cannot be renewed; no row is given then
 */
export async function openRows(
	layers: Layers,
	entity: string,
	rows: readonly RecordRow[],
	refuse: RefuseRow = refuseRow
): Promise<StoredRecord[]> {
	const look = (row: RecordRow) => refuse(layerOf(layers, entity, row.domain), row);
	if (rows.some((row) => look(row) === 'no-key')) await layers.renew(entity);
	const opened = rows.map((row): StoredRecord => {
		const { sealed: _, ...rest } = row;
		const unread = look(row);
		// With an envelope beside it, what is in the clear is nobody's word.
		if (unread !== null || row.sealed !== undefined) delete rest.plain;
		return unread === null ? rest : { ...rest, unread };
	});
	const sealed = [...rows.keys()].filter((at) => rows[at]?.sealed !== undefined && opened[at]?.unread === undefined);
	for (const [domain, places] of Map.groupBy(sealed, (at) => rows[at]?.domain ?? 'chat'))
		await openAll(layers, entity, domain, rows, opened, places);
	return opened;
}

/** In one call: the keys cut it up, and work on one part while this page reads the one before. */
async function openAll(
	{ keys }: Layers,
	entity: string,
	domain: Domain,
	rows: readonly RecordRow[],
	opened: StoredRecord[],
	places: readonly number[]
): Promise<void> {
	const bodies = places.map((at) => {
		const { id = '', rev = '', generation = 0, sealed = '' } = rows[at] ?? {};
		return { id, rev, generation, sealed };
	});
	const found = (await keys?.open(entity, domain, bodies)) ?? [];
	places.forEach((at, index) => {
		const row = opened[at];
		const body = found[index];
		if (!row) return;
		if (body?.ok) opened[at] = { ...row, plain: body.plain, signer: body.author };
		else opened[at] = { ...row, unread: body?.why ?? 'cannot-open' };
	});
}
