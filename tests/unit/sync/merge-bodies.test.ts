import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Plain } from '../../../src/lib/api/record.ts';
import { conflictsOf, mergeBodies } from '../../../src/lib/sync/merge-bodies.ts';
import { sameJson } from '../../../src/lib/sync/same-json.ts';
import { anyBody, body, editOf, seenIn, someFields } from './bodies.ts';

const runs = { numRuns: process.env.ARCA_SOAK ? 20_000 : 500 };
const merged = (base: Plain | null, mine: Plain, theirs: Plain) => mergeBodies(base, mine, theirs, 'ana').body;

describe('a merge of two bodies', () => {
	test('takes from each side what it changed', () => {
		const base = body({ payee: 'Bar', amount: 1, note: 'n' });
		const mine = body({ payee: 'Bar', amount: 2 });
		const theirs = body({ payee: 'Café', amount: 1, note: 'n' });
		expect(mergeBodies(base, mine, theirs)).toEqual({
			body: body({ payee: 'Café', amount: 2 }),
			collided: [],
			editInBin: false
		});
	});

	test('keeps both values of a field that both changed: theirs stands, mine lies beside it with its time and author', () => {
		const mine = body({ amount: 2 }, { at: '2030-01-01T00:00:00.000Z' });
		const found = mergeBodies(body({ amount: 1 }), mine, body({ amount: 3 }), 'ana');
		expect(found.collided).toEqual(['amount']);
		expect(found.body.values).toEqual({ amount: 3 });
		expect(found.body.meta.conflicts).toEqual({ amount: [{ value: 2, at: mine.meta.at, author: 'ana' }] });
	});

	test('keeps that a field was cleared on one side and changed on the other', () => {
		const found = merged(body({ note: 'old' }), body({}), body({ note: 'new' }));
		expect(conflictsOf(found).note).toEqual([{ at: '2026-01-01T00:00:00.000Z', author: 'ana' }]);
		expect(merged(body({ note: 'old' }), body({ note: 'new' }), body({})).values).toEqual({});
	});

	test('drops a collision once a side that knew it picked, and keeps what the other side added meanwhile', () => {
		const contested = merged(body({ note: 'o' }), body({ note: 'm' }), body({ note: 't' }));
		const picked = body({ note: 'm' });
		expect(merged(contested, picked, contested).meta.conflicts).toBeUndefined();
		expect(merged(contested, contested, picked).values.note).toBe('m');
		const third = merged(body({ note: 'o' }), body({ note: 'k' }), contested);
		expect(seenIn(merged(contested, picked, third), 'note')).toEqual(['"k"', '"m"']);
		// Picking is an act: against another edit it is kept as one.
		const stayed = body({ note: 't' });
		expect(seenIn(merged(contested, { ...contested, values: { note: 'e' } }, stayed), 'note')).toEqual(['"e"', '"t"']);
	});

	test('merges lists of texts as sets, and other lists as one value', () => {
		const tags = (list: unknown) => body({ tags: list });
		expect(merged(tags(['a', 'b']), tags(['a', 'b', 'm']), tags(['b', 't'])).values.tags).toEqual(['b', 't', 'm']);
		expect(merged(tags(['a']), body({}), tags(['a', 't'])).values.tags).toEqual(['t']);
		expect(mergeBodies(tags([1]), tags([1, 2]), tags([3])).collided).toEqual(['tags']);
		expect(mergeBodies(tags(['a', 'a']), tags(['a']), tags(['b'])).collided).toEqual(['tags']);
	});

	test('puts an edit that met a deletion into the bin with its values, whoever deleted, and says so', () => {
		const base = body({ note: 'o' });
		const gone = body({ note: 'o' }, { deleted: true });
		for (const [mine, theirs] of [
			[gone, body({ note: 'e' })],
			[body({ note: 'e' }), gone]
		] as const) {
			const found = mergeBodies(base, mine, theirs);
			expect([found.body.values.note, found.body.meta.deleted, found.editInBin]).toEqual(['e', true, true]);
		}
		expect(mergeBodies(base, gone, gone).editInBin).toBe(false);
		const out = mergeBodies(gone, base, { ...gone, values: { note: 'e' } });
		expect([out.body.meta.deleted, out.body.values.note]).toEqual([undefined, 'e']);
	});

	test('keeps members of the body and of meta that nobody here knows, and the higher version', () => {
		const base = body({ note: 'o' });
		const newer = {
			...base,
			version: 2,
			novelty: { a: 1 },
			values: { note: 'o', lining: 'silk' },
			meta: { ...base.meta, trace: 7 }
		};
		const older = { ...base, values: { note: 'e' } };
		for (const [mine, theirs] of [
			[newer, older],
			[older, newer]
		] as const) {
			const found = merged(base, mine, theirs);
			expect(found).toMatchObject({
				version: 2,
				novelty: { a: 1 },
				values: { note: 'e', lining: 'silk' },
				meta: { trace: 7 }
			});
		}
		const both = mergeBodies(base, { ...base, novelty: 1 }, { ...base, novelty: 2, meta: { ...base.meta, trace: 1 } });
		expect([both.body.novelty, both.collided]).toEqual([2, ['body/novelty']]);
		expect(conflictsOf(both.body)['body/novelty']).toMatchObject([{ value: 1 }]);
	});
});

describe('of any bodies whatever', () => {
	test('a merge with what was not changed gives the other side, and one with itself changes nothing', () => {
		fc.assert(
			fc.property(anyBody, anyBody, (base, other) => {
				const plain = { ...merged(base, base, other), meta: { ...merged(base, base, other).meta, at: '' } };
				expect(sameJson(plain, { ...other, meta: { ...other.meta, at: '' } })).toBe(true);
				expect(sameJson(merged(base, other, other), other)).toBe(true);
			}),
			runs
		);
	});

	test('a merge keeps the same whichever side is mine, and done again it changes nothing', () => {
		fc.assert(
			fc.property(anyBody, anyBody, anyBody, (base, a, b) => {
				const [one, other] = [merged(base, a, b), merged(base, b, a)];
				for (const field of someFields) expect(seenIn(one, field)).toEqual(seenIn(other, field));
				expect(new Set((one.values.tags ?? []) as string[])).toEqual(new Set((other.values.tags ?? []) as string[]));
				expect(one.meta.deleted).toBe(other.meta.deleted);
				expect(sameJson(merged(base, a, one), one)).toBe(true);
			}),
			runs
		);
	});

	test('edits of three devices converge to the same, whichever the server takes first, and none is lost', () => {
		const three = anyBody.chain((base) =>
			fc.tuple(fc.constant(base), editOf(base, 'ana'), editOf(base, 'ben'), editOf(base, 'eva'))
		);
		fc.assert(
			fc.property(three, ([base, a, b, c]) => {
				const orders = [
					[a, b, c],
					[a, c, b],
					[b, a, c],
					[b, c, a],
					[c, a, b],
					[c, b, a]
				] as const;
				const ends = orders.map(([x, y, z]) => merged(base, z, merged(base, y, x)));
				for (const field of someFields) {
					const edits = [a, b, c].map((one) => one.values[field]).filter((one) => !sameJson(one, base.values[field]));
					const expected = edits.length > 0 ? edits : [base.values[field]];
					for (const end of ends)
						expect(seenIn(end, field)).toEqual(expected.map((one) => JSON.stringify(one ?? null)).sort());
				}
				for (const end of ends)
					expect(Object.keys(end.meta)).toEqual(expect.arrayContaining(['mark of ana', 'mark of ben', 'mark of eva']));
			}),
			runs
		);
	});
});

test('members called as what every object has are members like any other', () => {
	const named = (text: string) => JSON.parse(text) as { [field: string]: unknown };
	const odd = named('{"constructor":"c","toString":"t","__proto__":{"note":"p"}}');
	const merged = mergeBodies(body({}), body({ ...odd, note: 'mine' }), body({ payee: 'theirs' }));
	expect(JSON.stringify(merged.body.values)).toBe(JSON.stringify({ payee: 'theirs', ...odd, note: 'mine' }));
	const clash = mergeBodies(body({}), body(named('{"__proto__":1}')), body(named('{"__proto__":2}')));
	expect(Object.entries(conflictsOf(clash.body))).toMatchObject([['__proto__', [{ value: 1 }]]]);
});
