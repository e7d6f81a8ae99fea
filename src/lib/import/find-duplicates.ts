import type { Money } from '../kinds/money.ts';
import { isMoney } from '../kinds/money.ts';
import type { KindRecord } from '../kinds/record-body.ts';
import { fingerprint } from './fingerprint.ts';
import { matchLikely } from './match-likely.ts';
import type { Format, Movement } from './movement.ts';
import { Shelf } from './shelf.ts';

export interface JudgedMovement {
	movement: Movement;
	/** Record id of the account it is imported into. */
	account: string;
	print: string;
	/**
	 * `known`: imported before; `maybe`: a record that may be it is there, or the file itself has it twice, and the
	 * person says whether it is the same; `new`: neither.
	 */
	verdict: 'new' | 'known' | 'maybe';
	/** The record it is, or may be. */
	like?: string;
	/** Record id of the account on the other side, where it is a transfer between two of one's own. */
	other?: string;
	/** What arrived or left there, where the file says so. */
	otherMoney?: Money;
}

/**
 * Tells which movements of a statement are there already. Each record stands for one movement: of twins in a file
 * as many are known as were imported before, and a further one is new.
 *
 * In this order: the fingerprint, which is by the bank's id where there is one; the same day, amount and texts from a
 * file without ids, or of another format; and then what is likely, nearest day first, which the person decides.
 * @param account record id of the account the statement is imported into
 * @param records what the vault holds; kinds other than expense, income and transfer are passed over
 * @param format of the file the movements are from
 * @returns one judgement for each movement, in their order
 */
export function findDuplicates(
	movements: readonly Movement[],
	account: string,
	records: readonly KindRecord[],
	format: Format = 'csv'
): JudgedMovement[] {
	const { byPrint, byText } = shelves(records, account);
	const used = new Set<string>();
	const judged = movements.map((movement): JudgedMovement => {
		const print = fingerprint(account, movement);
		const like = byPrint.take(print)?.id;
		if (like === undefined) return { movement, account, print, verdict: 'new' };
		used.add(like);
		return { movement, account, print, verdict: 'known', like };
	});
	for (const each of judged) {
		if (each.verdict === 'known' || each.movement.sameAs !== undefined) continue;
		const { movement } = each;
		const text = fingerprint(account, { ...movement, bankId: '' });
		const like = byText.take(
			text,
			({ id, body }) => !used.has(id) && mayHaveOtherId(movement, body.meta.source, format)
		);
		if (like === undefined) continue;
		used.add(like.id);
		Object.assign(each, { verdict: 'known', like: like.id });
	}
	const open = judged.filter(({ verdict }) => verdict === 'new');
	const idsHold = judged.some(({ verdict, movement }) => verdict === 'known' && movement.bankId !== '');
	const others = open.filter(({ movement }) => {
		const text = fingerprint(account, { ...movement, bankId: '' });
		return movement.bankId !== '' && byText.has(text, ({ id }) => !used.has(id));
	});
	const likely = matchLikely(
		open.map(({ movement }) => movement),
		account,
		records.filter(({ id }) => !used.has(id)),
		format,
		// No id is known, and several movements are here with other ids: the bank draws them anew.
		idsHold || others.length < 2
	);
	for (const [index, each] of open.entries()) {
		const like = likely[index];
		if (like !== undefined) Object.assign(each, { verdict: 'maybe', like });
		else if (each.movement.sameAs !== undefined) each.verdict = 'maybe';
	}
	return judged;
}

/** Imported records by the print they were given, and by their texts as they are now. */
function shelves(records: readonly KindRecord[], account: string) {
	const byPrint = new Shelf<KindRecord>();
	const byText = new Shelf<KindRecord>();
	for (const record of records) {
		const { meta, values, kind } = record.body;
		const print = meta.deleted === true ? undefined : meta.source?.print;
		if (print === undefined) continue;
		byPrint.add(print, record);
		if (meta.source?.id === undefined) byText.add(print, record);
		else if (values.account === account && isMoney(values.amount)) {
			const { minor, currency } = values.amount;
			const textOf = (value: unknown) => (typeof value === 'string' ? value : '');
			const money = { minor: kind === 'expense' ? 0 - minor : minor, currency };
			const payee = textOf(values.payee) || textOf(values.payer);
			const texts = { date: textOf(values.date), payee, notes: textOf(values.notes) };
			byText.add(fingerprint(account, { line: 0, money, bankId: '', ...texts }), record);
		}
	}
	return { byPrint, byText };
}

/** Two different ids of one format are two movements; two formats have ids of their own each, or none. */
function mayHaveOtherId({ bankId }: Movement, source: { id?: string; format: string } | undefined, format: Format) {
	return source?.id === undefined || bankId === '' || source.format !== format;
}
