import { Exchange, kindOf, label, netWorthOn, sumMoney } from '../kinds/index.ts';
import type { KindRecord, Look, Money } from '../kinds/index.ts';
import { amountCell } from './kind-columns.ts';
import { serialOf } from './serial.ts';
import type { Cell, Column, Table } from './table.ts';
import { words } from './words.ts';
import { worthsOn } from './worths.ts';

/**
 * What there is on a day: by kind and currency, the net worth of each currency, and all of it in each of them by the
 * exchange rates that somebody noted, or the currencies for which none is.
 * @param records of any kinds
 * @param on `YYYY-MM-DD`
 */
export function summaryTable(records: readonly KindRecord[], on: string, { locale, nameOf }: Look): Table {
	const say = (word: keyof typeof words): string => label(words[word], locale);
	const columns: Column[] = [
		{ header: say('what'), format: 'text', width: 32 },
		{ header: say('amount'), format: 'money', width: 16, currency: 2 },
		{ header: say('currency'), format: 'text', width: 10 },
		{ header: say('asOf'), format: 'date', width: 12 },
		{ header: say('note'), format: 'text', width: 48 }
	];
	const day = serialOf(on);
	const row = (what: string, { minor, currency }: Money, note: string | null = null): Cell[] => {
		return [what, amountCell({ minor, currency }), currency, day, note];
	};
	const [worth] = netWorthOn(records, [on]);
	const { amounts = [], unknown = [] } = worth ?? {};
	const parts = partsOf(records, on).map(({ kind, amount }) =>
		row(label(kindOf(kind)?.many ?? words.what, locale), amount)
	);
	const totals = amounts.map((amount) => row(say('netWorth'), amount));
	const exchange = new Exchange(records);
	const together =
		amounts.length < 2
			? []
			: amounts.map(({ currency }): Cell[] => {
					const sum = exchange.together(amounts, currency, on);
					if (sum !== null) return row(say('together'), sum, say('byRates'));
					const lacking = amounts.filter((amount) => exchange.together([amount], currency, on) === null);
					const currencies = lacking.map((amount) => amount.currency).join(', ');
					return [say('together'), null, currency, day, say('noRate').replace('{currencies}', currencies)];
				});
	const open = unknown.map(({ id }): Cell[] => [nameOf(id) ?? id, null, null, day, say('unknown')]);
	const rows = [...parts, ...totals, ...together, ...open];
	const sums = Array.from({ length: totals.length + together.length }, (_, at) => parts.length + at);
	return { name: say('summary'), columns, rows, sums };
}

/** What the records of each kind come to on a day, in the order in which kinds are first met. */
function partsOf(records: readonly KindRecord[], on: string): { kind: string; amount: Money }[] {
	const worths = worthsOn(records, on);
	const byKind = Map.groupBy(
		records.filter(({ id }) => worths.has(id)),
		({ body }) => body.kind
	);
	return [...byKind].flatMap(([kind, own]) =>
		sumMoney(own.flatMap(({ id }) => worths.get(id) ?? [])).map((amount) => ({ kind, amount }))
	);
}
