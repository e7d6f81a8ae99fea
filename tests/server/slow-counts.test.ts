import { randomBytes } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { createSharedLockout } from '../../src/lib/server/forwarder/lockout.ts';
import { createCounts } from '../../src/lib/server/limits/counts.ts';
import { readLimits } from '../../src/lib/server/limits/limits.ts';
import { createMeter } from '../../src/lib/server/limits/meter.ts';
import { parseSystemKeys } from '../../src/lib/server/system-layer/index.ts';
import { createProver } from '../../src/lib/server/two-factor/prover.ts';

/** Counts in a database that answers in this way, which is waited for 20 ms. */
function countsIn(fetch: () => Promise<Response>) {
	const ring = parseSystemKeys(`1:${randomBytes(32).toString('base64')}`);
	const asked = vi.fn(fetch);
	const warn = vi.fn();
	const parts = { backend: { fetch: asked, publishableKey: 'key' }, prover: createProver(ring), ring, log: { warn } };
	return { counts: createCounts(parts, 20), asked, warn };
}

const silent = () => new Promise<Response>(() => undefined);
const broken = () => Promise.reject(new Error('connection refused'));
const refusing = () => Promise.resolve(Response.json({ code: 'PT403' }, { status: 403 }));

test.each([
	['never answers', silent],
	['is not there', broken],
	['does not know the key', refusing]
])('a database that %s neither opens a limit nor locks anybody out, and is not asked each time', async (_, fetch) => {
	const { counts, asked, warn } = countsIn(fetch);
	const meter = createMeter(readLimits({ ARCA_LIMIT_READ: '3' }), counts);
	const waits: number[] = [];
	for (let turn = 0; turn < 5; turn++) waits.push(await meter.spend('read', 'ana'));
	expect(waits.slice(0, 3)).toEqual([0, 0, 0]);
	expect(Math.min(...waits.slice(3))).toBeGreaterThan(0);
	expect(await meter.wait('read', 'ana')).toBeGreaterThan(0);
	expect([await meter.spend('read', 'ben'), await meter.wait('read', 'ben')]).toEqual([0, 0]);

	const lockout = createSharedLockout(2, counts);
	expect(await lockout.attempt('ana')).toEqual({ wait: 0, last: false });
	expect(await lockout.attempt('ana')).toEqual({ wait: 0, last: true });
	expect((await lockout.attempt('ana')).wait).toBe(60);
	await lockout.succeed('ana');
	expect((await lockout.attempt('ana')).wait).toBe(0);
	expect(asked).toHaveBeenCalledTimes(1);
	expect(warn).toHaveBeenCalledTimes(1);
});

test('a database that counts again is asked again, five seconds later', async () => {
	vi.useFakeTimers({ toFake: ['Date'] });
	let answer: () => Promise<Response> = broken;
	const { counts, asked } = countsIn(() => answer());
	const meter = createMeter(readLimits({}), counts);
	await meter.spend('read', 'ana');
	answer = () => Promise.resolve(Response.json({ used: 61, wait: 30_000 }));
	expect(await meter.spend('read', 'ana')).toBe(0);
	vi.advanceTimersByTime(5_001);
	expect(await meter.spend('read', 'ana')).toBe(30);
	expect(asked).toHaveBeenCalledTimes(2);
	expect(JSON.stringify(asked.mock.calls)).not.toContain('ana');
	vi.useRealTimers();
});
