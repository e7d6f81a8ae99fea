import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runningOut, stocksOf, type KindRecord } from '../../../../src/lib/kinds/index.ts';
import { record } from '../a-body.ts';

const now = '2026-03-10T09:00';
const tablets = (value: number) => ({ value, unit: 'tablet' });
const pill = (values: Record<string, unknown> = {}): KindRecord =>
	record(
		'medication',
		{
			name: 'Ibuprofen',
			schedule: 'FREQ=DAILY',
			times: ['08:00', '20:00'],
			started: '2026-03-01',
			dose: tablets(1),
			stock: tablets(10),
			countedAt: '2026-03-09T12:00',
			...values
		},
		'pill'
	);
const intake = (plannedAt: string, status = 'taken', values: Record<string, unknown> = {}): KindRecord =>
	record('medication-intake', { medication: 'pill', plannedAt, status, dose: tablets(1), ...values });
const left = (medication: KindRecord, intakes: KindRecord[]) => stocksOf([medication], intakes, now)[0]?.left.value;

test('each dose taken since the count is counted off, and none before it, skipped, or taken back', () => {
	expect(left(pill(), [])).toBe(10);
	const before = intake('2026-03-09T08:00');
	const after = [intake('2026-03-09T20:00'), intake('2026-03-10T08:00', 'skipped'), intake('2026-03-10T06:00', 'open')];
	expect(left(pill(), [before, ...after])).toBe(9);
	expect(left(pill(), [intake('2026-03-09T08:00', 'taken', { takenAt: '2026-03-09T13:00' })])).toBe(9);
	expect(left(pill(), [intake('2026-03-09T20:00', 'taken', { medication: 'other' })])).toBe(10);
});

test('a dose that was written down twice is counted off once, and nothing goes below none', () => {
	expect(left(pill(), [intake('2026-03-09T20:00'), intake('2026-03-09T20:00')])).toBe(9);
	const many = Array.from({ length: 30 }, (_, day) =>
		intake(`2026-03-10T${String(day % 24).padStart(2, '0')}:0${day > 23 ? 1 : 0}`)
	);
	expect(left(pill(), many)).toBe(0);
});

test('a dose counts as much as it says where it is counted alike, and one piece where it is not', () => {
	expect(
		left(pill({ stock: { value: 2, unit: 'tablet' } }), [intake('2026-03-09T20:00', 'taken', { dose: tablets(0.1) })])
	).toBe(1.9);
	expect(left(pill(), [intake('2026-03-09T20:00', 'taken', { dose: { value: 400, unit: 'mg' } })])).toBe(9);
	expect(left(pill({ dose: undefined }), [intake('2026-03-09T20:00', 'taken', { dose: undefined })])).toBe(9);
});

test('it runs out on the day of the first dose for which there is not enough', () => {
	const on = (values: Record<string, unknown>, intakes: KindRecord[] = []) =>
		stocksOf([pill(values)], intakes, now)[0]?.runsOut;
	expect(on({ stock: tablets(4) })).toBe('2026-03-12');
	expect(on({ stock: tablets(4) }, [intake('2026-03-10T08:00')])).toBe('2026-03-12');
	expect(on({ stock: tablets(4) }, [intake('2026-03-10T08:00', 'skipped')])).toBe('2026-03-12');
	expect(on({ stock: tablets(3) }, [intake('2026-03-10T08:00', 'skipped')])).toBe('2026-03-12');
	expect(on({ stock: tablets(0) })).toBe('2026-03-10');
	expect(on({ stock: tablets(4), dose: tablets(2) })).toBe('2026-03-11');
	expect(on({ stock: tablets(4), ended: '2026-03-11' })).toBeNull();
	expect(on({ stock: tablets(4), schedule: undefined })).toBeNull();
	expect(stocksOf([pill({ stock: undefined })], [], now)).toEqual([]);
	expect(stocksOf([pill({ status: 'ended' })], [], now)).toEqual([]);
});

test('what runs out within the days asked for is told, soonest first', () => {
	const stocks = stocksOf(
		[pill({ stock: tablets(14) }), pill({ stock: tablets(3) }), pill({ stock: tablets(90) })],
		[],
		now
	);
	expect(runningOut(stocks, now, 7).map(({ runsOut }) => runsOut)).toEqual(['2026-03-11', '2026-03-17']);
});

test('the order in which doses come in does not matter', () => {
	const marks = fc.array(fc.tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom('taken', 'skipped', 'open')), {
		maxLength: 20
	});
	fc.assert(
		fc.property(marks, (all) => {
			const unique = [...new Map(all)].map(([hour, status]) =>
				intake(`2026-03-10T${String(hour).padStart(2, '0')}:00`, status)
			);
			expect(left(pill(), unique)).toBe(left(pill(), unique.toReversed()));
		})
	);
});
