import { movementsOf, transfersOf } from '../kinds/finances/movements.ts';
import type { KindRecord, RecordBody } from '../kinds/record-body.ts';
import { fold } from '../kinds/fold.ts';
import { fingerprint } from './fingerprint.ts';
import type { Movement } from './read-row.ts';

export interface JudgedMovement {
	movement: Movement;
	print: string;
	/**
	 * `known`: imported before; `maybe`: a record of the same account, day and amount is there that was typed by hand or
	 * imported with other texts, and the person says whether it is the same; `new`: neither.
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
	const prints = new Shelf<KindRecord>();
	for (const record of records) {
		const print = record.body.meta.deleted === true ? undefined : record.body.meta.source?.print;
		if (print !== undefined) prints.add(print, record);
	}
	const used = new Set<string>();
	const judged = movements.map((movement): JudgedMovement => {
		const print = fingerprint(account, movement);
		const like = prints.take(print)?.id;
		if (like === undefined) return { movement, print, verdict: 'new' };
		used.add(like);
		return { movement, print, verdict: 'known', like };
	});
	const rest = sameDayAndAmount(records, account, used);
	return judged.map((each) => {
		if (each.verdict === 'known') return each;
		const { date, money } = each.movement;
		const like = rest.take(keyOf(date, money.minor, money.currency), ({ body }) => mayBe(each.movement, body));
		return like === undefined ? each : { ...each, verdict: 'maybe', like: like.id };
	});
}

/** Things by a text; each is given out once. */
class Shelf<T> {
	readonly #things = new Map<string, T[]>();

	add(text: string, thing: T): void {
		const things = this.#things.get(text);
		if (things) things.push(thing);
		else this.#things.set(text, [thing]);
	}

	take(text: string, fits: (thing: T) => boolean = () => true): T | undefined {
		const things = this.#things.get(text) ?? [];
		const at = things.findIndex(fits);
		return at < 0 ? undefined : things.splice(at, 1)[0];
	}
}

/** What else moved money on the account, or on none that is named, by day and signed amount. */
function sameDayAndAmount(records: readonly KindRecord[], account: string, used: ReadonlySet<string>) {
	const shelf = new Shelf<KindRecord>();
	const byId = new Map(records.map((record) => [record.id, record]));
	const add = (id: string, date: string, minor: number, currency: string) => {
		const record = byId.get(id);
		if (record !== undefined && !used.has(id)) shelf.add(keyOf(date, minor, currency), record);
	};
	for (const kind of ['expense', 'income'] as const) {
		for (const { id, date, amount, account: own } of movementsOf(records, kind)) {
			if (own !== undefined && own !== account) continue;
			add(id, date, kind === 'expense' ? -amount.minor : amount.minor, amount.currency);
		}
	}
	for (const { id, date, amount, arrived, from, to } of transfersOf(records)) {
		if (from === account) add(id, date, -amount.minor, amount.currency);
		if (to === account) add(id, date, arrived.minor, arrived.currency);
	}
	return shelf;
}

/**
 * Whether a record of the same day and amount may be the movement. One typed by hand may be; one that was imported
 * only where it stood on the same line, as when a file is read with other columns, or is for the same party. Two
 * different ids of the bank are two movements.
 */
function mayBe({ line, payee, bankId }: Movement, { values, meta: { source } }: RecordBody): boolean {
	if (source === undefined) return true;
	if (source.id !== undefined && bankId !== '' && source.id !== bankId) return false;
	const ours = fold(payee);
	const theirs = [values.payee, values.payer].map((who) => (typeof who === 'string' ? fold(who) : ''));
	return (
		source.line === line ||
		theirs.some((who) => who !== '' && ours !== '' && (who.includes(ours) || ours.includes(who)))
	);
}

function keyOf(date: string, minor: number, currency: string): string {
	return `${date} ${minor}${currency}`;
}
