import { expect, test } from 'vitest';
import { Exchange, type NetWorth } from '../../../src/lib/kinds/index.ts';
import { lineOf, pointsOf } from '../../../src/routes/(vault)/[entity=uuid]/home/net-worth-view.ts';
import { euros, record } from '../kinds/a-body.ts';

const dollars = (minor: number) => ({ minor, currency: 'USD' });
const over: NetWorth[] = [
	{ date: '2024-01-01', amounts: [euros(100), dollars(0)], unknown: [{ id: 'car', currencies: ['USD'] }] },
	{ date: '2024-02-01', amounts: [euros(150), dollars(200)], unknown: [] },
	{ date: '2024-03-01', amounts: [euros(250), dollars(200)], unknown: [] }
];
const rate = record('exchange-rate', { from: 'USD', to: 'EUR', rate: { value: 0.5, unit: '' }, on: '2024-02-15' });
const heights = (chosen: { currency: string; together: boolean }) =>
	lineOf(pointsOf(over, chosen, new Exchange([rate]))).points.map(({ value }) => value);

test('a currency by itself is broken only where something of that currency is not known', () => {
	expect(heights({ currency: 'EUR', together: false })).toEqual([1, 1.5, 2.5]);
	expect(heights({ currency: 'USD', together: false })).toEqual([null, 2, 2]);
});

test('everything as one currency is broken where anything, or a rate, is not known', () => {
	expect(heights({ currency: 'EUR', together: true })).toEqual([null, null, 3.5]);
});
