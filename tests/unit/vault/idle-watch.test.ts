import fc from 'fast-check';
import { expect, test } from 'vitest';
import { IdleWatch, passedBetween, type Moment } from '../../../src/lib/vault/idle-watch.ts';

const MINUTE = 60_000;

/** Clocks that a test sets: `pass` lets time go by; `jump` moves the wall clock alone, as setting it does, and as sleep does where the page's stands still. */
function clocks() {
	let now: Moment = { wall: 1_790_000_000_000, page: 5_000 };
	const move = (wall: number, page: number) => void (now = { wall: now.wall + wall, page: now.page + page });
	return {
		read: () => now,
		pass: (ms: number) => move(ms, ms),
		jump: (ms: number) => move(ms, 0),
		/** The wall clock was set back by as much as went by. */
		passUnseen: (ms: number) => move(0, ms)
	};
}

test('a vault that nobody uses is due when its minutes are over, and not a moment before', () => {
	const time = clocks();
	const watch = new IdleWatch(5, time.read);
	time.pass(5 * MINUTE - 1);
	expect(watch.due).toBe(false);
	time.pass(1);
	expect(watch.due).toBe(true);
});

test('use begins the minutes anew', () => {
	const time = clocks();
	const watch = new IdleWatch(5, time.read);
	time.pass(4 * MINUTE);
	watch.touch();
	time.pass(4 * MINUTE);
	expect(watch.due).toBe(false);
	time.pass(MINUTE);
	expect(watch.due).toBe(true);
});

test('a device that slept is due when it wakes, and the touch that wakes it does not keep it open', () => {
	const time = clocks();
	const watch = new IdleWatch(5, time.read);
	time.jump(20 * MINUTE);
	watch.touch();
	expect(watch.due).toBe(true);
});

test('a wall clock that was set gives nobody more time, forwards or backwards', () => {
	for (const jump of [10 * MINUTE, -10 * MINUTE]) {
		const time = clocks();
		const watch = new IdleWatch(5, time.read);
		time.jump(jump);
		expect(watch.due, `${jump / MINUTE} minutes`).toBe(true);
	}
	const time = clocks();
	const watch = new IdleWatch(5, time.read);
	time.passUnseen(5 * MINUTE);
	expect(watch.due, 'set back while the minutes went by').toBe(true);
});

test('a clock that is put right by seconds locks nothing', () => {
	const time = clocks();
	const watch = new IdleWatch(5, time.read);
	time.jump(-3_000);
	expect(watch.due).toBe(false);
	watch.touch();
	time.jump(3_000);
	expect(watch.due).toBe(false);
});

test('what is due stays due, also when the wall clock is set back to where it was', () => {
	const time = clocks();
	const watch = new IdleWatch(5, time.read);
	time.jump(10 * MINUTE);
	expect(watch.due).toBe(true);
	time.jump(-10 * MINUTE);
	watch.touch();
	expect(watch.due).toBe(true);
});

test('another choice counts from the last use on', () => {
	const time = clocks();
	const watch = new IdleWatch(60, time.read);
	time.pass(10 * MINUTE);
	expect(watch.due).toBe(false);
	watch.minutes = 9;
	expect(watch.due).toBe(true);
});

test('no walk of the wall clock shortens what the page’s own clock says', () => {
	fc.assert(
		fc.property(fc.integer(), fc.nat(), fc.integer(), (wall, passed, set) => {
			const before = { wall, page: 0 };
			const between = passedBetween(before, { wall: wall + set, page: passed });
			expect(between).toBeGreaterThanOrEqual(passed);
			expect(between).toBeGreaterThanOrEqual(Math.abs(set));
		})
	);
});
