import { expect, test } from 'vitest';
import { buildRecord } from '../../../src/lib/import/build-record.ts';
import type { JudgedMovement } from '../../../src/lib/import/find-duplicates.ts';
import { findDuplicates } from '../../../src/lib/import/find-duplicates.ts';
import { pairTransfers } from '../../../src/lib/import/pair-transfers.ts';
import { checkBody } from '../../../src/lib/kinds/check-body.ts';
import type { Movement } from '../../../src/lib/import/movement.ts';
import { account, movement } from './movements.ts';

const savings = '33333333-3333-4333-8333-333333333333';
const accounts: Record<string, string> = { Everyday: account, Savings: savings };
const accountOf = (name: string) => accounts[name];
const run = {
	id: '22222222-2222-4222-8222-222222222222',
	at: '2024-02-01T10:00:00.000Z',
	format: 'qif' as const,
	name: 'all.qif',
	banks: new Map()
};

function judged(id: string, ...movements: Movement[]): JudgedMovement[] {
	return findDuplicates(movements, id, [], 'qif');
}

test('both sides of a transfer in one file are one record, from the account where it goes out', () => {
	const all = [
		...judged(savings, movement({ minor: 300, transfer: 'Everyday', payee: 'In' })),
		...judged(account, movement({ minor: -300, transfer: 'Savings', payee: 'To savings' }))
	];
	const dropped = pairTransfers(all, accountOf, () => false);
	expect([...dropped]).toEqual([all[0]]);
	const body = buildRecord(all[1] as JudgedMovement, run, []);
	const amount = { minor: 300, currency: 'EUR' };
	expect(body).toMatchObject({
		kind: 'transfer',
		values: { date: '2024-01-31', amount, from: account, to: savings, notes: 'To savings' }
	});
	expect(body.values).not.toHaveProperty('arrived');
	expect(checkBody(body).problems).toEqual([]);
});

test('two transfers need two other sides; between currencies what arrived is kept', () => {
	const out = judged(
		account,
		movement({ minor: -300, transfer: 'Savings' }),
		movement({ minor: -300, transfer: 'Savings' })
	);
	const into = judged(savings, movement({ money: { minor: 330, currency: 'USD' }, transfer: 'Everyday' }));
	expect(pairTransfers([...out, ...into], accountOf, () => false)).toEqual(new Set(into));
	expect(buildRecord(out[0] as JudgedMovement, run, []).values.arrived).toEqual({ minor: 330, currency: 'USD' });
	expect(buildRecord(out[1] as JudgedMovement, run, []).values).not.toHaveProperty('arrived');
});

test('one side alone is a transfer as well; a name that is no account of one’s own stays in the notes', () => {
	const [known, unknown, itself] = judged(
		account,
		movement({ minor: 500, transfer: 'Savings' }),
		movement({ transfer: 'Old bank' }),
		movement({ transfer: 'Everyday' })
	);
	if (!known || !unknown || !itself) throw new Error('three judgements');
	expect(pairTransfers([known, unknown, itself], accountOf, () => false).size).toBe(0);
	expect(buildRecord(known, run, [])).toMatchObject({ kind: 'transfer', values: { from: savings, to: account } });
	expect(buildRecord(unknown, run, [])).toMatchObject({ kind: 'expense', values: { notes: '[Old bank]' } });
	expect(buildRecord(itself, run, []).kind).toBe('expense');
});

test('where the side that goes out is here as an expense, what arrives is an income; where as a transfer, nothing', () => {
	const sides = () => {
		const [out] = judged(account, movement({ minor: -300, transfer: 'Savings' }));
		const [into] = judged(savings, movement({ minor: 300, transfer: 'Everyday' }));
		if (!out || !into) throw new Error('two judgements');
		Object.assign(out, { verdict: 'maybe', like: 'there' });
		return { out, into };
	};
	const first = sides();
	expect(pairTransfers([first.out, first.into], accountOf, () => false).size).toBe(0);
	expect(buildRecord(first.into, run, []).kind).toBe('income');
	const second = sides();
	expect(pairTransfers([second.out, second.into], accountOf, () => true)).toEqual(new Set([second.into]));
});

test('parts, tags and categories of a file become those of the record', () => {
	const parts = [
		{ minor: -60, category: 'Food:Groceries' },
		{ minor: -40, category: 'Food:Vinyl' }
	];
	const [split] = judged(account, movement({ parts, tags: ['Flat'] }));
	const [plain] = judged(account, movement({ minor: 100, category: 'Salary' }));
	if (!split || !plain) throw new Error('two judgements');
	const body = buildRecord(split, run, []);
	const part = (minor: number, category: string) => ({ amount: { minor, currency: 'EUR' }, category });
	expect(body.values).toMatchObject({ tags: ['Flat'], splits: [part(60, 'groceries'), part(40, 'Food:Vinyl')] });
	expect(checkBody(body).problems).toEqual([]);
	expect(buildRecord(plain, run, [{ when: 'shop', category: 'gift-received' }]).values.category).toBe('salary');
});
