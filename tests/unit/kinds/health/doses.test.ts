import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import { dosesOfDay, markDose, planDoses, type KindRecord } from '../../../../src/lib/kinds/index.ts';
import { body, record } from '../a-body.ts';

const daily = (values: Record<string, unknown> = {}) => ({
	name: 'Ibuprofen',
	schedule: 'FREQ=DAILY',
	times: ['08:00', '20:00'],
	started: '2026-03-01',
	status: 'active',
	...values
});
const zones = ['Europe/Madrid', 'America/New_York', 'Pacific/Apia', 'Asia/Kathmandu', 'Australia/Lord_Howe'];

afterEach(() => vi.unstubAllEnvs());

test.each(zones)('over the days on which clocks are changed each planned dose is there once, in %s', (zone) => {
	vi.stubEnv('TZ', zone);
	const medication = body('medication', daily({ times: ['02:30', '08:00'] }));
	for (const [from, to] of [
		['2026-03-27', '2026-03-30'],
		['2026-10-23', '2026-10-26'],
		['2026-04-03', '2026-04-06']
	]) {
		const doses = planDoses(medication, `${from}T00:00`, `${to}T23:59`);
		expect(doses).toHaveLength(8);
		expect(new Set(doses).size).toBe(8);
		expect(doses.filter((at) => at.endsWith('T02:30'))).toHaveLength(4);
	}
});

test('two devices in different zones name a dose alike', () => {
	const medication = body('medication', daily());
	const plans = zones.map((zone) => {
		vi.stubEnv('TZ', zone);
		return planDoses(medication, '2026-05-01T00:00', '2026-05-09T23:59');
	});
	for (const plan of plans) expect(plan).toEqual(plans[0]);
});

test('a plan begins and ends with the medication, and is none while it is paused or taken as needed', () => {
	const plan = (values: Record<string, unknown>) =>
		planDoses(body('medication', daily(values)), '2026-02-27T00:00', '2026-03-02T23:59');
	expect(plan({})).toEqual(['2026-03-01T08:00', '2026-03-01T20:00', '2026-03-02T08:00', '2026-03-02T20:00']);
	expect(plan({ ended: '2026-03-01' })).toEqual(['2026-03-01T08:00', '2026-03-01T20:00']);
	expect(plan({ status: 'paused' })).toEqual([]);
	expect(plan({ schedule: undefined })).toEqual([]);
	expect(plan({ times: undefined })).toEqual(['2026-03-01T00:00', '2026-03-02T00:00']);
	expect(plan({ schedule: 'FREQ=WEEKLY;BYDAY=MO', times: ['09:15'] })).toEqual(['2026-03-02T09:15']);
	expect(plan({ schedule: 'FREQ=DAILY;INTERVAL=2', times: ['09:15'] })).toEqual(['2026-03-01T09:15']);
});

test('a plan asked for in two parts is the plan asked for at once', () => {
	const time = fc.integer({ min: 0, max: 1439 }).map((minute) => {
		return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
	});
	const rule = fc.constantFrom('FREQ=DAILY', 'FREQ=DAILY;INTERVAL=3', 'FREQ=WEEKLY;BYDAY=TU,FR', 'FREQ=MONTHLY');
	const times = fc.uniqueArray(time, { minLength: 1, maxLength: 5 });
	fc.assert(
		fc.property(rule, times, fc.integer({ min: 1, max: 28 }), time, (schedule, own, day, cut) => {
			const medication = body('medication', daily({ schedule, times: own }));
			const middle = `2026-03-${String(day).padStart(2, '0')}T${cut}`;
			const whole = planDoses(medication, '2026-03-01T00:00', '2026-03-31T23:59');
			const before = planDoses(medication, '2026-03-01T00:00', middle);
			const after = planDoses(medication, middle, '2026-03-31T23:59');
			expect([...new Set([...before, ...after])]).toEqual(whole);
		})
	);
});

const now = '2026-03-10T09:00';
const pill = record('medication', daily({ dose: { value: 1, unit: 'tablet' } }), 'pill');
const at = '2026-03-10T09:00:00Z';
const said = (plannedAt: string, mark: 'taken' | 'skipped' | 'open', clock = now): KindRecord => ({
	id: `${plannedAt} ${mark}`,
	body: markDose(pill, plannedAt, mark, { now: clock, at })
});
const shown = (intakes: KindRecord[], clock = now) =>
	dosesOfDay([pill], intakes, clock).map(({ plannedAt, mark, late }) => [plannedAt, mark, late]);

test('today shows its doses, an open one of last evening, and which of them are late', () => {
	expect(shown([])).toEqual([
		['2026-03-10T08:00', 'open', true],
		['2026-03-10T20:00', 'open', false]
	]);
	expect(shown([], '2026-03-10T07:00')[0]).toEqual(['2026-03-09T20:00', 'open', true]);
	expect(shown([said('2026-03-09T20:00', 'taken')], '2026-03-10T07:00')).toHaveLength(2);
	expect(shown([said('2026-03-10T08:00', 'taken')])[0]).toEqual(['2026-03-10T08:00', 'taken', false]);
});

test('what was said of a dose stays after the times were changed, and one taken as needed stands beside it', () => {
	const moved = { ...pill, body: body('medication', daily({ times: ['10:00'] })) };
	const marks = (medication: KindRecord, intakes: KindRecord[]) =>
		dosesOfDay([medication], intakes, now).map(({ plannedAt, mark }) => [plannedAt.slice(11), mark]);
	expect(marks(moved, [said('2026-03-10T08:00', 'skipped')])).toEqual([
		['08:00', 'skipped'],
		['10:00', 'open']
	]);
	const needed = { ...pill, body: body('medication', daily({ schedule: undefined })) };
	expect(marks(needed, [said('2026-03-10T08:41', 'taken')])).toEqual([['08:41', 'taken']]);
});

test('taken within the hour is taken as planned, whoever says so; later it keeps its time; taken back it keeps none', () => {
	const planned = '2026-03-10T08:00';
	const values = (clock: string, mark: 'taken' | 'open' = 'taken') =>
		markDose(pill, planned, mark, { now: clock, at }).values;
	expect(values('2026-03-10T08:03')).toEqual(values('2026-03-10T08:41'));
	expect(values('2026-03-10T08:03')).toEqual({
		medication: 'pill',
		plannedAt: planned,
		status: 'taken',
		dose: { value: 1, unit: 'tablet' }
	});
	expect(values('2026-03-10T11:20').takenAt).toBe('2026-03-10T11:20');
	const late = markDose(pill, planned, 'taken', { now: '2026-03-10T11:20', at });
	expect(markDose(pill, planned, 'open', { now, at }, late).values).not.toHaveProperty('takenAt');
	const dayLong = markDose(pill, '2026-03-10T00:00', 'taken', { now: '2026-03-10T22:00', at });
	expect(dayLong.values).not.toHaveProperty('takenAt');
});
