import { digitsOf } from '../../currency.ts';
import { isDate } from '../../dates.ts';
import { isMeasure } from '../../measure.ts';
import { sumMoney, wholeOrEndless, type Money } from '../../money.ts';
import type { KindRecord } from '../../record-body.ts';
import { live } from '../movements.ts';
import { scaled } from './scaled.ts';

interface Rate {
	readonly on: string;
	readonly value: number;
}

/** What currencies were worth in each other, as somebody has written it down. */
export class Exchange {
	/** By `EUR USD`, oldest first. */
	readonly #rates: ReadonlyMap<string, readonly Rate[]>;

	/** @param records of any kinds; exchange rates are read */
	constructor(records: readonly KindRecord[]) {
		const rates = live(records, 'exchange-rate').flatMap(({ body: { values } }) => {
			const { from, to, rate, on } = values;
			if (!isDate(on) || !isMeasure(rate) || rate.value <= 0) return [];
			return [{ pair: `${String(from)} ${String(to)}`, on, value: rate.value }];
		});
		const byDay = rates.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
		this.#rates = Map.groupBy(byDay, ({ pair }) => pair);
	}

	/**
	 * Amounts as one of a currency, by the last rates known on a day; a rate holds the other way round as well. Null where
	 * one is lacking.
	 * @param on `YYYY-MM-DD`
	 */
	together(amounts: readonly Money[], currency: string, on: string): Money | null {
		const converted = amounts.map((amount) => this.#convert(amount, currency, on));
		if (converted.includes(null)) return null;
		return sumMoney([{ minor: 0, currency }, ...converted.filter((each) => each !== null)])[0] ?? null;
	}

	#convert(amount: Money, currency: string, on: string): Money | null {
		if (amount.currency === currency || amount.minor === 0) return { minor: amount.minor, currency };
		if (!Number.isSafeInteger(amount.minor)) return { minor: amount.minor, currency };
		const last = (pair: string) => this.#rates.get(pair)?.findLast((rate) => rate.on <= on);
		const there = last(`${amount.currency} ${currency}`);
		const back = last(`${currency} ${amount.currency}`);
		const divide = there === undefined || (back !== undefined && back.on > there.on);
		const rate = divide ? back : there;
		if (rate === undefined) return null;
		const shift = digitsOf(currency) - digitsOf(amount.currency);
		return { minor: wholeOrEndless(scaled(BigInt(amount.minor), rate.value, { divide, shift })), currency };
	}
}
