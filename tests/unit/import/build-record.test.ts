import { expect, test } from 'vitest';
import { checkBody } from '../../../src/lib/kinds/check-body.ts';
import { buildRecord } from '../../../src/lib/import/build-record.ts';
import { findDuplicates } from '../../../src/lib/import/find-duplicates.ts';
import type { Movement } from '../../../src/lib/import/movement.ts';
import { account, movement } from './movements.ts';

const run = {
	id: '22222222-2222-4222-8222-222222222222',
	at: '2024-02-01T10:00:00.000Z',
	format: 'csv' as const,
	name: 'jan.csv',
	banks: new Map([[account, 'Bank']])
};

function build(each: Movement, rules: { when: string; category: string }[] = []) {
	const [judged] = findDuplicates([each], account, []);
	if (!judged) throw new Error('one judgement');
	return buildRecord(judged, run, rules);
}

test('money out is an expense with a payee, its amount above zero, its source inside', () => {
	const body = build(movement({ line: 7, minor: -1250, notes: 'two\nlines', bankId: 'T-9' }));
	expect(body).toEqual({
		kind: 'expense',
		version: 1,
		values: {
			date: '2024-01-31',
			amount: { minor: 1250, currency: 'EUR' },
			payee: 'Shop',
			account,
			notes: 'two\nlines'
		},
		meta: {
			at: run.at,
			source: {
				import: run.id,
				format: 'csv',
				name: 'jan.csv',
				line: 7,
				bank: 'Bank',
				id: 'T-9',
				print: expect.stringMatching(/^2024-01-31 -1250EUR [0-9a-f]{16}$/) as string
			}
		}
	});
	expect(checkBody(body).problems).toEqual([]);
});

test('money in is an income with a payer', () => {
	const body = build(movement({ minor: 300_000, payee: 'Employer' }));
	expect(body.kind).toBe('income');
	expect(body.values).toMatchObject({ amount: { minor: 300_000, currency: 'EUR' }, payer: 'Employer' });
	expect(body.values).not.toHaveProperty('payee');
	expect(checkBody(body).problems).toEqual([]);
});

test('category rules are applied, to payee and notes alike', () => {
	const rules = [{ when: 'shop', category: 'groceries' }];
	expect(build(movement(), rules).values.category).toBe('groceries');
	expect(build(movement({ payee: '', notes: 'the SHOP round the corner' }), rules).values.category).toBe('groceries');
	expect(build(movement({ payee: 'Bakery' }), rules).values).not.toHaveProperty('category');
});
