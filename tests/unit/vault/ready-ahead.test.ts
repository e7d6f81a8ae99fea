import { describe, expect, test } from 'vitest';
import { readyAhead } from '../../../src/lib/vault/files/ready-ahead.ts';

describe('what is made ready ahead', () => {
	test('comes in order, one more than was taken and never two', async () => {
		const begun: number[] = [];
		const take = readyAhead([1, 2, 3, 4], (item) => {
			begun.push(item);
			return Promise.resolve(item * 10);
		});
		expect(begun).toEqual([]);
		expect([await take(), [...begun]]).toEqual([10, [1, 2]]);
		expect([await take(), [...begun]]).toEqual([20, [1, 2, 3]]);
		expect([await take(), await take(), begun]).toEqual([30, 40, [1, 2, 3, 4]]);
		await expect(take()).rejects.toThrow(RangeError);
	});

	test('goes wrong in its turn: what came before is still to be had', async () => {
		const take = readyAhead(['one', 'two'], (item) =>
			item === 'two' ? Promise.reject(new Error('changed')) : Promise.resolve(item)
		);
		expect(await take()).toBe('one');
		await expect(take()).rejects.toThrow('changed');
	});
});
