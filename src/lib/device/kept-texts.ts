import { noEntity } from '../crypto/uuid.ts';
import type { AccountDatabase, TextRow } from './account-database.ts';
import type { DeviceSeal } from './device-seal.ts';
import type { CachePlace } from './page-seal.ts';
import { sameBytes } from './same-bytes.ts';
import type { TurnedRows } from './kept-turn.ts';

/** The text of a row, or null where it does not open. Throws DeviceError `device/locked`. */
export async function openTextRow(seal: DeviceSeal, { name, sealed, layered }: TextRow): Promise<string | null> {
	const [opened] = await seal.open([{ place: placeOf(name), sealed, layered: layered === true }]);
	return opened?.text ?? null;
}

/**
 * A text as it is kept.
 * @param ofRecords it holds what records say: under the user's own key as well, where user encryption is on
 * @throws DeviceError `device/locked` for one of records while that key is not there
 */
export async function sealTextRow(seal: DeviceSeal, name: string, text: string, ofRecords: boolean): Promise<TextRow> {
	const layered = ofRecords && seal.user !== null;
	const [sealed = new Uint8Array()] = await seal.seal([{ place: placeOf(name), text, layered }]);
	return { name, sealed, ...(ofRecords ? { ofRecords: true } : {}), ...(layered ? { layered: true } : {}) };
}

/** Keeps what `change` makes of a text, asked again where another tab wrote the text meanwhile. */
export async function changeText(
	database: AccountDatabase,
	seal: DeviceSeal,
	name: string,
	change: (before: string | null) => string | null
): Promise<void> {
	const { texts } = database;
	for (let isDone = false; !isDone;) {
		const row = await texts.get(name);
		const before = row ? await openTextRow(seal, row) : null;
		const after = change(before);
		if (after === null || after === before) return;
		const changed = await sealTextRow(seal, name, after, row?.ofRecords === true);
		isDone = await database.transaction('rw', texts, async () => {
			const now = await texts.get(name);
			const isSame = row ? sameBytes(now?.sealed, row.sealed) : now === undefined;
			if (isSame) await texts.put(changed);
			return isSame;
		});
	}
}

/** Seals texts of records anew that were kept before the user's own key was there. */
export async function coverTexts(database: AccountDatabase, seal: DeviceSeal): Promise<void> {
	const rows = await database.texts.filter(({ ofRecords, layered }) => ofRecords === true && !layered).toArray();
	for (const row of rows) await sealAnew(database, seal, row);
}

/** Seals texts anew that are under a key of the user's from before. */
export async function turnTexts(database: AccountDatabase, seal: DeviceSeal): Promise<TurnedRows> {
	const { texts } = database;
	const rows = await texts.filter(({ layered }) => layered === true).toArray();
	const opened = await seal.open(rows.map(({ name, sealed }) => ({ place: placeOf(name), sealed, layered: true })));
	const older = rows.filter((_, at) => opened[at]?.older);
	for (const row of older) await sealAnew(database, seal, row);
	const away = rows.filter((_, at) => opened[at]?.away).map(({ name }) => name);
	return { older: older.length, away };
}

/** Seals a text of records anew; what is written meanwhile stands. */
async function sealAnew(database: AccountDatabase, seal: DeviceSeal, row: TextRow): Promise<void> {
	const { texts } = database;
	const text = await openTextRow(seal, row);
	if (text === null) return;
	const anew = await sealTextRow(seal, row.name, text, true);
	await database.transaction('rw', texts, async () => {
		if (sameBytes((await texts.get(row.name))?.sealed, row.sealed)) await texts.put(anew);
	});
}

function placeOf(name: string): CachePlace {
	return { entity: noEntity, object: noEntity, writes: 1, name };
}
