import { expect, test } from 'vitest';
import type { CategorySpending } from '../../../src/lib/kinds/index.ts';
import { byCurrency, spendingBars } from '../../../src/routes/(vault)/[entity=uuid]/home/month-spending.ts';

const words = { locale: 'en-GB', uncategorised: 'Uncategorised', others: (count: number) => `${count} more` };
const spent = (category: string | null, minor: number, currency = 'EUR'): CategorySpending => ({
	category,
	amount: { minor, currency }
});

test('each currency is summed by itself', () => {
	const months = byCurrency([spent('groceries', 300), spent(null, 200), spent('groceries', 5000, 'JPY')]);
	expect(months.map(({ total }) => total)).toEqual([
		{ minor: 500, currency: 'EUR' },
		{ minor: 5000, currency: 'JPY' }
	]);
	expect(months[1]?.categories).toEqual([spent('groceries', 5000, 'JPY')]);
});

test('what has no category is a bar of its own that asks for attention', () => {
	const [month] = byCurrency([spent('groceries', 30_000), spent(null, 200)]);
	expect(month && spendingBars(month, words)).toEqual([
		{ label: 'Groceries', value: 30_000, text: '€300.00', tone: 'act' },
		{ label: 'Uncategorised', value: 200, text: '€2.00', tone: 'attention' }
	]);
});

test('up to eight categories stand alone; of more the small ones are one bar, and nothing is left out', () => {
	const categories = (count: number) =>
		Array.from({ length: count }, (_, place) => spent(`own ${place}`, 1000 - place));
	const [eight] = byCurrency(categories(8));
	expect(eight && spendingBars(eight, words).map(({ label }) => label)).toEqual(
		categories(8).map(({ category }) => category)
	);
	const [twelve] = byCurrency(categories(12));
	const bars = twelve ? spendingBars(twelve, words) : [];
	expect(bars.length).toBe(8);
	expect(bars.at(-1)).toMatchObject({ label: '5 more', tone: 'muted' });
	expect(bars.reduce((sum, bar) => sum + bar.value, 0)).toBe(twelve?.total.minor);
});

test('a month without expenses has no bars', () => {
	expect(byCurrency([])).toEqual([]);
});

test('a sum too large to be held is written in words and still has a bar that can be drawn', () => {
	const largest = 999_999_999_999_999;
	const many = Array.from({ length: 20 }, (_, place) => spent(`own ${place}`, largest));
	const [month] = byCurrency(many);
	const bars = month ? spendingBars(month, words) : [];
	expect(bars.at(-1)).toMatchObject({ label: '13 more', text: 'more than can be shown' });
	expect(bars.every(({ value }) => Number.isSafeInteger(value))).toBe(true);
});
