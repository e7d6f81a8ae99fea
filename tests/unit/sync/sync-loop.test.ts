import { expect, test, vi } from 'vitest';
import { OneAtATime } from '../../../src/lib/sync/one-at-a-time.ts';
import { EVERY, SyncLoop } from '../../../src/lib/sync/sync-loop.ts';

/** A loop whose time stands still until `fire`, and whose passes end when the test says. */
function stagedLoop() {
	const passes: { resolve(): void; reject(error: unknown): void }[] = [];
	const page = { visible: true, wake: () => undefined as void, listening: true };
	let timer: { work: () => void; ms: number } | null = null;
	const turns = new OneAtATime(() => new Promise((resolve, reject) => void passes.push({ resolve, reject })));
	const loop = new SyncLoop({
		sync: () => turns.run(),
		wakes: [
			(wake) => {
				page.wake = wake;
				return () => void (page.listening = false);
			}
		],
		visible: () => page.visible,
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
		page,
		waits: () => timer?.ms ?? null,
		fire: () => {
			const due = timer;
			timer = null;
			due?.work();
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
	fire();
	expect(passes.length).toBe(2);
	await end();
	page.visible = false;
	fire();
	expect(passes.length).toBe(2);
	page.wake();
	expect(passes.length).toBe(3);
});

test('there is one pass at a time, and whatever wakes it during one makes one more follow', async () => {
	const { passes, end, page, waits } = stagedLoop();
	page.wake();
	page.wake();
	expect(passes.length).toBe(1);
	await end();
	expect([passes.length, waits()]).toEqual([2, null]);
	await end();
	expect([passes.length, waits()]).toEqual([2, EVERY]);
});

test('after failures it waits longer each time, up to a minute, and starts anew once a pass went well', async () => {
	const { end, fire, waits } = stagedLoop();
	const waited: (number | null)[] = [];
	for (let turn = 0; turn < 8; turn++) {
		await end(new Error('not reached'));
		waited.push(waits());
		fire();
	}
	expect(waited).toEqual([2_000, 4_000, 8_000, 16_000, 32_000, EVERY, EVERY, EVERY]);
	await end();
	fire();
	await end(new Error('not reached'));
	expect(waits()).toBe(2_000);
});

test('a loop that was stopped asks for nothing more', async () => {
	const { loop, passes, page, end, waits } = stagedLoop();
	loop.stop();
	await end();
	page.wake();
	expect([passes.length, page.listening, waits()]).toEqual([1, false, null]);
});

test('a pass that failed fails for everybody who shares it, and the next one is another', async () => {
	const ends: ((error: Error) => void)[] = [];
	const turns = new OneAtATime(() => new Promise((_, reject) => void ends.push(reject)));
	const first = turns.run();
	const [second, third] = [turns.run(), turns.run()];
	expect([second === third, first === second, ends.length]).toEqual([true, false, 1]);
	ends[0]?.(new Error('one'));
	await expect(first).rejects.toThrow('one');
	await vi.waitFor(() => expect(ends.length).toBe(2));
	ends[1]?.(new Error('two'));
	await expect(third).rejects.toThrow('two');
});
