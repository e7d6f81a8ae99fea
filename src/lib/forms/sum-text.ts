import { formatMoney, isMoney, sumMoney, type Kind, type KindRecord } from '../kinds/index.ts';

/** What the records come to in the kind's sum field, by currency; empty when there is nothing to sum. */
export function sumText(kind: Kind, records: readonly KindRecord[], locale: string): string {
	const { sum } = kind.list;
	if (sum === undefined) return '';
	const amounts = records.map(({ body }) => body.values[sum]).filter(isMoney);
	return sumMoney(amounts)
		.map((amount) => formatMoney(amount, locale))
		.join(' · ');
}
