import type { OutboxRow } from './account-database.ts';
import type { DeviceSeal } from './device-seal.ts';
import { changeAway, changeLost } from './loss-report.ts';
import { columnsOf, openChanges } from './outbox.ts';
import type { Report, WaitingChange } from './record-store.ts';
import { sameBytes } from './same-bytes.ts';

/** What became of rows that wait: the changes that open, positions of rows that never will, and what is to be told. */
export interface OpenedWaiting {
	changes: WaitingChange[];
	lost: number[];
	told: Report[];
}

/** A row, and what it opened to. */
interface Known {
	row: OutboxRow;
	change: WaitingChange | 'away';
}

/**
 * Opens what waits: each row once, however often all of it is asked for. Every save and every pass asks, and whoever is
 * offline for long has much that waits.
 */
export class WaitingRows {
	/** By the change's id. */
	#known = new Map<string, Known>();

	/** Forgets what was opened: with other keys other rows open, and without any nothing stays in memory. */
	forget(): void {
		this.#known = new Map();
	}

	/**
	 * Opens what waits. What was sealed under another key of the user's is neither given nor lost, and told of once a
	 * record.
	 * @param rows all that wait, of `entity` where one is named
	 * @param reports what was told of an entity before
	 * @throws DeviceError `device/locked`
	 */
	async open(
		seal: DeviceSeal,
		rows: readonly OutboxRow[],
		reports: (entity: string) => Promise<Report[]>,
		entity?: string
	): Promise<OpenedWaiting> {
		// Kept with what was known as it began: keys that go meanwhile take the whole map with them.
		const known = this.#known;
		const unknown = rows.filter((row) => !isSame(known.get(row.change)?.row, row));
		const opened = await openChanges(seal, unknown);
		forgetGone(known, rows, entity);
		const lost = unknown.filter((_, at) => opened[at] === null);
		for (const [at, row] of unknown.entries()) {
			const change = opened[at] ?? null;
			if (change === null) known.delete(row.change);
			else known.set(row.change, { row, change });
		}
		const away = unknown.filter((_, at) => opened[at] === 'away');
		return {
			changes: rows.flatMap((row) => {
				const { change = 'away' } = known.get(row.change) ?? {};
				return change === 'away' ? [] : { ...change, ...columnsOf(row) };
			}),
			lost: lost.flatMap(({ n }) => n ?? []),
			told: [...lost.map((row) => changeLost(row.entity, row.id)), ...(await untold(away, reports))]
		};
	}
}

/** What is to be told of rows that another key opens. */
async function untold(away: readonly OutboxRow[], reports: (entity: string) => Promise<Report[]>): Promise<Report[]> {
	const records = new Map(away.map((row) => [row.id, row.entity]));
	for (const entity of new Set(records.values()))
		for (const { what, record } of await reports(entity)) if (what === 'sealed-away' && record) records.delete(record);
	return [...records].map(([id, entity]) => changeAway(entity, id));
}

/** Whether a row holds what it held: its bytes are new with every writing of what they say. */
function isSame(before: OutboxRow | undefined, row: OutboxRow): boolean {
	return before?.entity === row.entity && before.layered === row.layered && sameBytes(before.sealed, row.sealed);
}

/** What waits no longer is in memory no longer. */
function forgetGone(known: Map<string, Known>, rows: readonly OutboxRow[], entity: string | undefined): void {
	const there = new Set(rows.map(({ change }) => change));
	for (const [change, { row }] of known)
		if ((entity === undefined || row.entity === entity) && !there.has(change)) known.delete(change);
}
