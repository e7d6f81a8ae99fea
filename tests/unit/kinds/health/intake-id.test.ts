import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkBody, intakeId, kindOf, markDose, type Kind, type KindRecord } from '../../../../src/lib/kinds/index.ts';
import { draftBody } from '../../../../src/lib/forms/draft-body.ts';
import { mergeBodies } from '../../../../src/lib/sync/merge-bodies.ts';
import { sameJson } from '../../../../src/lib/sync/same-json.ts';
import { body, ID } from '../a-body.ts';

const withSeed = (seed: unknown, id = ID): KindRecord => {
	const medication = body('medication', { name: 'Ibuprofen' });
	return { id, body: { ...medication, meta: { ...medication.meta, seed } } };
};
const minute = fc
	.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true })
	.map((date) => date.toISOString().slice(0, 16));

test('a dose has the same id on every device, whatever else they know of the medication', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.uuid(),
			fc.uuid(),
			minute,
			fc.dictionary(fc.string(), fc.string()),
			async (id, seed, at, more) => {
				const one = withSeed(seed, id);
				const other = {
					...one,
					body: { ...one.body, values: more, meta: { ...one.body.meta, at: '2030-01-01T00:00:00Z' } }
				};
				const made = await intakeId(one, at);
				expect(await intakeId(other, at)).toBe(made);
				expect(made).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
			}
		)
	);
});

test('another time, medication or seed is another id', async () => {
	await fc.assert(
		fc.asyncProperty(fc.uniqueArray(minute, { minLength: 2, maxLength: 20 }), async (times) => {
			const ids = await Promise.all(times.map((at) => intakeId(withSeed('s'), at)));
			expect(new Set(ids).size).toBe(times.length);
		})
	);
	const at = '2026-03-10T08:00';
	const ids = [
		withSeed('s'),
		withSeed('t'),
		withSeed('s', '0190a0b0-0000-7000-8000-000000000002'),
		withSeed(undefined)
	];
	expect(new Set(await Promise.all(ids.map((each) => intakeId(each, at)))).size).toBe(4);
});

test('a new medication gets a seed nobody can guess, and keeps it through every change', () => {
	const kind = kindOf('medication') as Kind;
	const made = draftBody(kind, { name: 'Ibuprofen' }, null, []);
	expect(made.meta.seed).toMatch(/^[0-9a-f-]{36}$/);
	expect(draftBody(kind, { name: 'Ibuprofen' }, null, []).meta.seed).not.toBe(made.meta.seed);
	expect(draftBody(kind, { name: 'Paracetamol' }, made, []).meta.seed).toBe(made.meta.seed);
	expect(draftBody(kindOf('allergy') as Kind, { substance: 'Nuts' }, null, []).meta).not.toHaveProperty('seed');
});

test('two devices that tick off the same dose within the hour say the same: nothing is left to choose', () => {
	const medication = withSeed('s');
	fc.assert(
		fc.property(fc.integer({ min: 0, max: 59 }), fc.integer({ min: 0, max: 59 }), (first, second) => {
			const [mine, theirs] = [first, second].map((each) => {
				const now = `2026-03-10T08:${String(each).padStart(2, '0')}`;
				return markDose(medication, '2026-03-10T08:00', 'taken', { now, at: `${now}:00Z` });
			});
			if (!mine || !theirs) throw new Error('two bodies');
			expect(checkBody(mine)).toEqual({ ok: true, problems: [] });
			const merged = mergeBodies(null, mine, theirs);
			expect(merged.collided).toEqual([]);
			expect(sameJson(merged.body.values, theirs.values)).toBe(true);
		})
	);
});

test('taken on one device and skipped on another is for the person to settle', () => {
	const say = (mark: 'taken' | 'skipped') =>
		markDose(withSeed('s'), '2026-03-10T08:00', mark, { now: '2026-03-10T08:01', at: '2026-03-10T08:01:00Z' });
	expect(mergeBodies(null, say('taken'), say('skipped')).collided).toEqual(['status']);
});
