import { buildRecord } from '../../../src/lib/import/build-record.ts';
import type { JudgedMovement } from '../../../src/lib/import/find-duplicates.ts';
import { findDuplicates } from '../../../src/lib/import/find-duplicates.ts';
import type { RevisedRecord } from '../../../src/lib/import/past-imports.ts';
import type { Format, Movement } from '../../../src/lib/import/movement.ts';

export const account = '11111111-1111-4111-8111-111111111111';

/** A movement of a statement, of one euro at a shop unless said otherwise. */
export function movement(more: Partial<Movement> & { minor?: number } = {}): Movement {
	const { minor = -100, ...rest } = more;
	const money = { minor, currency: 'EUR' };
	return { line: 2, date: '2024-01-31', money, payee: 'Shop', notes: '', bankId: '', ...rest };
}

/** The records an import of these leaves in the vault. */
export function imported(judged: readonly JudgedMovement[], run = 'run-1', format: Format = 'csv'): RevisedRecord[] {
	const source = { id: run, at: '2024-02-01T10:00:00.000Z', format, name: 'january.csv', banks: new Map() };
	return judged.map((each, index) => ({ id: `${run}/${index}`, rev: '1', body: buildRecord(each, source, []) }));
}

/** What becomes of each movement: imported into a vault that holds these records. */
export function verdicts(movements: readonly Movement[], records: readonly RevisedRecord[]): string[] {
	return findDuplicates(movements, account, records).map(({ verdict }) => verdict);
}

/** An import of everything that is new, as the screen does it. */
export function importNew(
	movements: readonly Movement[],
	records: readonly RevisedRecord[],
	run: string
): RevisedRecord[] {
	const judged = findDuplicates(movements, account, records).filter(({ verdict }) => verdict === 'new');
	return [...records, ...imported(judged, run)];
}
