import type { OutboxRow } from './account-database.ts';
import type { DeviceSeal } from './device-seal.ts';
import { changeAway, changeLost } from './loss-report.ts';
import { openChanges } from './outbox.ts';
import type { Report, WaitingChange } from './record-store.ts';

/** What became of rows that wait: the changes that open, positions of rows that never will, and what is to be told. */
export interface OpenedWaiting {
	changes: WaitingChange[];
	lost: number[];
	told: Report[];
}

/**
 * Opens what waits. What was sealed under another key of the user's is neither given nor lost, and told of once a record.
 * @param reports what was told of an entity before
 * @throws DeviceError `device/locked`
 */
export async function openWaiting(
	seal: DeviceSeal,
	rows: readonly OutboxRow[],
	reports: (entity: string) => Promise<Report[]>
): Promise<OpenedWaiting> {
	const opened = await openChanges(seal, rows);
	const lost = rows.filter((_, at) => opened[at] === null);
	const away = new Map(rows.filter((_, at) => opened[at] === 'away').map((row) => [row.id, row.entity]));
	for (const entity of new Set(away.values()))
		for (const { what, record } of await reports(entity)) if (what === 'sealed-away' && record) away.delete(record);
	return {
		changes: opened.filter((change) => change !== null && change !== 'away'),
		lost: lost.flatMap(({ n }) => n ?? []),
		told: [...lost.map((row) => changeLost(row.entity, row.id)), ...[...away].map(([id, of]) => changeAway(of, id))]
	};
}
