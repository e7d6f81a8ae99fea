import { movementsOf, transfersOf } from '../kinds/finances/movements.ts';
import type { KindRecord } from '../kinds/record-body.ts';
import { fingerprint } from './fingerprint.ts';
import type { Movement } from './read-row.ts';

export interface JudgedMovement {
	movement: Movement;
	print: string;
	/**
	 * `known`: imported before; `maybe`: a record of the same account, day and amount is there whose texts differ,
	 * such as one typed by hand, and the person says whether it is the same; `new`: neither.
	 */
	verdict: 'new' | 'known' | 'maybe';
	/** The record it is, or may be. */
	like?: string;
}

/**
 * Tells which movements of a statement are there already. Each record stands for one movement: of twins in a file
 * as many are known as were imported before, and a further one is new.
 * @param account record id of the account the statement is imported into
 * @param records what the vault holds; kinds other than expense, income and transfer are passed over
 * @returns one judgement for each movement, in their order
 */
export function findDuplicates(
	movements: readonly Movement[],
	account: string,
	records: readonly KindRecord[]
): JudgedMovement[] {
	const prints = new Shelf();
	for (const { id, body } of records) {
		const print = body.meta.deleted === true ? undefined : body.meta.source?.print;
		if (print !== undefined) prints.add(print, id);
	}
	const used = new Set<string>();
	const judged = movements.map((movement): JudgedMovement => {
		const print = fingerprint(account, movement);
		const like = prints.take(print);
		if (like === undefined) return { movement, print, verdict: 'new' };
		used.add(like);
		return { movement, print, verdict: 'known', like };
	});
	const rest = sameDayAndAmount(records, account, used);
	return judged.map((each) => {
		if (each.verdict === 'known') return each;
		const { date, money } = each.movement;
		const like = rest.take(key(date, money.minor, money.currency));
		return like === undefined ? each : { ...each, verdict: 'maybe', like };
	});
}

/** Records by a text; each is given out once. */
class Shelf {
	readonly #ids = new Map<string, string[]>();

	add(text: string, id: string): void {
		const ids = this.#ids.get(text);
		if (ids) ids.push(id);
		else this.#ids.set(text, [id]);
	}

	take(text: string): string | undefined {
		return this.#ids.get(text)?.shift();
	}
}

/** What else moved money on the account, or on none that is named, by day and signed amount. */
function sameDayAndAmount(records: readonly KindRecord[], account: string, used: ReadonlySet<string>): Shelf {
	const shelf = new Shelf();
	for (const kind of ['expense', 'income'] as const) {
		for (const { id, date, amount, account: own } of movementsOf(records, kind)) {
			if (used.has(id) || (own !== undefined && own !== account)) continue;
			shelf.add(key(date, kind === 'expense' ? -amount.minor : amount.minor, amount.currency), id);
		}
	}
	for (const { id, date, amount, arrived, from, to } of transfersOf(records)) {
		if (from === account) shelf.add(key(date, -amount.minor, amount.currency), id);
		if (to === account) shelf.add(key(date, arrived.minor, arrived.currency), id);
	}
	return shelf;
}

function key(date: string, minor: number, currency: string): string {
	return `${date} ${minor}${currency}`;
}
