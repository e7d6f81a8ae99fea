import { expect, test } from 'vitest';
import { ApiError } from '../../../src/lib/sync/api-error.ts';
import { EVERY, SyncLoop } from '../../../src/lib/sync/sync-loop.ts';
import type { LoopState } from '../../../src/lib/sync/sync-loop.ts';

/** A loop whose time stands still until `fire`, and whose passes end when the test says. */
function stagedLoop() {
	const passes: { resolve(): void; reject(error: unknown): void; signal: AbortSignal }[] = [];
	const states: LoopState[] = [];
	const page = { visible: true, wake: () => undefined as void, woken: true };
	let timer: { work: () => void; ms: number } | null = null;
	const loop = new SyncLoop({
		sync: (signal) => new Promise((resolve, reject) => void passes.push({ resolve, reject, signal })),
		wakes: [
			(wake) => {
				page.wake = wake;
				return () => void (page.woken = false);
			}
		],
		visible: () => page.visible,
		onState: (state) => states.push(state),
		later: (work, ms) => {
			timer = { work, ms };
			return () => (timer = null);
		},
		chance: () => 0
	});
	const settled = () => new Promise<void>((resolve) => setTimeout(resolve));
	return {
		loop,
		passes,
		states,
		page,
		waits: () => timer?.ms ?? null,
		fire: async () => {
			const due = timer;
			timer = null;
			due?.work();
			await settled();
		},
		end: async (error?: unknown) => {
			if (error === undefined) passes.at(-1)?.resolve();
			else passes.at(-1)?.reject(error);
			await settled();
		}
	};
}

test('a loop begins with a pass and asks again every minute while the page is looked at', async () => {
	const { passes, end, fire, waits, page } = stagedLoop();
	expect(passes.length).toBe(1);
	await end();
	expect(waits()).toBe(EVERY);
	await fire();
	expect(passes.length).toBe(2);
	await end();
	page.visible = false;
	await fire();
	expect(passes.length).toBe(2);
	page.wake();
	expect(passes.length).toBe(3);
});

test('there is one pass at a time, and many calls during it make one more follow', async () => {
	const { loop, passes, end, page } = stagedLoop();
	const called = loop.now();
	page.wake();
	page.wake();
	expect(passes.length).toBe(1);
	await end();
	expect(passes.length).toBe(2);
	await end();
	await called;
	expect(passes.length).toBe(2);
});

test('after failures it waits longer each time, and starts anew once a pass went well', async () => {
	const { end, fire, waits, states } = stagedLoop();
	const waited: (number | null)[] = [];
	for (let turn = 0; turn < 10; turn++) {
		await end(new ApiError('sync/unreachable', 0));
		waited.push(waits());
		await fire();
	}
	expect(waited.slice(0, 4)).toEqual([2_000, 4_000, 8_000, 16_000]);
	expect(waited.at(-1)).toBe(300_000);
	expect(states.slice(0, 2)).toEqual(['syncing', 'offline']);
	await end();
	expect(waits()).toBe(EVERY);
	await fire();
	await end(new ApiError('server/error', 500));
	expect(waits()).toBe(2_000);
	expect(states.at(-1)).toBe('trouble');
});

test('a loop that was stopped ends the pass under way and does nothing more', async () => {
	const { loop, passes, page, end, states, waits } = stagedLoop();
	loop.stop();
	expect(passes[0]?.signal.aborted).toBe(true);
	await end();
	await loop.now();
	expect([passes.length, page.woken, waits(), states]).toEqual([1, false, null, ['syncing']]);
});
