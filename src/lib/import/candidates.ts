import { movementsOf, transfersOf } from '../kinds/finances/movements.ts';
import type { Money } from '../kinds/money.ts';
import type { ImportSource, KindRecord } from '../kinds/record-body.ts';
import type { ComparedText } from './text-likeness.ts';
import { comparedText } from './text-likeness.ts';

/** A record that moved money on an account. */
export interface Candidate {
	id: string;
	date: string;
	text: ComparedText;
	/** A transfer has no party to compare. */
	isTransfer: boolean;
	source: ImportSource | undefined;
}

/** A signed amount as a key. */
export function amountKey({ minor, currency }: Money): string {
	return `${minor}${currency}`;
}

/** What moved money on an account, or on none that is named, by signed amount. */
export function candidatesByAmount(records: readonly KindRecord[], account: string): Map<string, Candidate[]> {
	const found = new Map<string, Candidate[]>();
	const sources = new Map(records.map(({ id, body }) => [id, body.meta.source]));
	const add = (id: string, date: string, amount: Money, isOut: boolean, text: ComparedText | null) => {
		const key = amountKey({ minor: isOut ? 0 - amount.minor : amount.minor, currency: amount.currency });
		const isTransfer = text === null;
		const candidate = { id, date, isTransfer, source: sources.get(id), text: text ?? comparedText('', '') };
		const same = found.get(key);
		if (same === undefined) found.set(key, [candidate]);
		else same.push(candidate);
	};
	for (const kind of ['expense', 'income'] as const) {
		for (const { id, date, amount, account: own, values } of movementsOf(records, kind)) {
			if (own !== undefined && own !== account) continue;
			const textOf = (value: unknown) => (typeof value === 'string' ? value : '');
			const text = comparedText(textOf(values.payee) || textOf(values.payer), textOf(values.notes));
			add(id, date, amount, kind === 'expense', text);
		}
	}
	for (const { id, date, amount, arrived, from, to } of transfersOf(records)) {
		if (from === account) add(id, date, amount, true, null);
		if (to === account) add(id, date, arrived, false, null);
	}
	return found;
}
