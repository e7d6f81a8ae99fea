import { describe, expect, test } from 'vitest';
import { inSlices } from '../../../src/lib/keys/in-slices.ts';

const rowsOf = (count: number, length = 1): string[] =>
	Array.from({ length: count }, (_, at) => `${at}`.padEnd(length));

/** Rows of each message, in the order in which they were sent, and how many were under way at most. */
async function sent(rows: readonly string[]) {
	const slices: number[] = [];
	let [now, most] = [0, 0];
	const results = await inSlices(
		rows,
		(row) => row,
		({ length }) => length,
		async (slice) => {
			slices.push(slice.length);
			most = Math.max(most, (now += 1));
			await Promise.resolve();
			now -= 1;
			return slice;
		}
	);
	return { slices, most, results };
}

describe('rows that are sent to the key worker in slices', () => {
	test('come back in their order, with two messages under way and no more', async () => {
		const rows = rowsOf(2000);
		const { results, most } = await sent(rows);
		expect(results).toEqual(rows);
		expect(most).toBe(2);
	});

	test('are at most 128 in a message where they are few, and at most 512 where they are many', async () => {
		expect((await sent(rowsOf(250))).slices).toEqual([128, 122]);
		expect((await sent(rowsOf(1000))).slices).toEqual([250, 250, 250, 250]);
		expect((await sent(rowsOf(10_000))).slices).toEqual([...Array.from({ length: 19 }, () => 512), 272]);
	});

	test('end a message with a half a million characters, however few they are', async () => {
		expect((await sent(rowsOf(10, 100_000))).slices).toEqual([6, 4]);
	});

	test('ask the worker also where there is none, for it may be gone', async () => {
		expect((await sent([])).slices).toEqual([0]);
	});

	test('all fail with the first message that does', async () => {
		const refused = new Error('refused');
		const send = (slice: string[]) => (slice.includes('600') ? Promise.reject(refused) : Promise.resolve(slice));
		const sending = inSlices(
			rowsOf(2000),
			(row) => row,
			({ length }) => length,
			send
		);
		await expect(sending).rejects.toBe(refused);
	});
});
