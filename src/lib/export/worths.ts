import { holdingsOf, sumMoney } from '../kinds/index.ts';
import type { KindRecord, Money } from '../kinds/index.ts';

/** What each record that counts in net worth counts for, by its id; one amount for each of its currencies. */
export type Worths = ReadonlyMap<string, readonly Money[]>;

/**
 * What records counted for at the end of a day.
 * @param records of any kinds
 * @param on `YYYY-MM-DD`
 */
export function worthsOn(records: readonly KindRecord[], on: string): Worths {
	return new Map(
		holdingsOf(records).map(({ id, changes }) => [
			id,
			sumMoney(changes.filter(({ date }) => date <= on).map(({ amount }) => amount))
		])
	);
}
