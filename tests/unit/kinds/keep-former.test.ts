import { expect, test } from 'vitest';
import { bodyOf, checkBody, kindOf, type Kind } from '../../../src/lib/kinds/index.ts';
import { body, euros } from './a-body.ts';

const asset = kindOf('asset') as Kind;
const before = body('asset', { name: 'Home', type: 'property', value: euros(100), valuedOn: '2024-01-01' });
const saved = (values: Record<string, unknown>) =>
	bodyOf(asset, { ...before.values, ...values }, '2025-01-01T00:00:00Z', before).values.earlier;

test('a value that a later one replaces is kept among the earlier ones, in the order of their days', () => {
	expect(saved({ value: euros(120), valuedOn: '2025-01-01' })).toEqual([{ on: '2024-01-01', value: euros(100) }]);
	const earlier = [{ on: '2024-06-01', value: euros(110) }];
	const both = bodyOf(
		asset,
		{ ...before.values, value: euros(120), valuedOn: '2025-01-01', earlier },
		'2025-01-01T00:00:00Z',
		before
	);
	expect(both.values.earlier).toEqual([{ on: '2024-01-01', value: euros(100) }, ...earlier]);
	expect(checkBody(both).problems).toEqual([]);
});

test('a value that is put right, said again or said of an earlier day keeps nothing', () => {
	expect(saved({ value: euros(120) })).toBeUndefined();
	expect(saved({ valuedOn: '2025-01-01' })).toBeUndefined();
	expect(saved({ value: euros(120), valuedOn: '2023-01-01' })).toBeUndefined();
	expect(saved({ value: euros(120), valuedOn: '' })).toBeUndefined();
});

test('a day that has its earlier value keeps that one', () => {
	const earlier = [{ on: '2024-01-01', value: euros(90) }];
	expect(saved({ value: euros(120), valuedOn: '2025-01-01', earlier })).toEqual(earlier);
});

test('the quantity of an investment is kept with its price', () => {
	const investment = kindOf('investment') as Kind;
	const values = { instrument: 'Fund', quantity: { value: 2, unit: '' }, unitPrice: euros(50), pricedOn: '2024-01-01' };
	const more = { ...values, quantity: { value: 3, unit: '' }, pricedOn: '2024-02-01' };
	expect(bodyOf(investment, more, '2025-01-01T00:00:00Z', body('investment', values)).values.earlier).toEqual([
		{ on: '2024-01-01', price: euros(50), quantity: { value: 2, unit: '' } }
	]);
});
