import { expect, test } from 'vitest';
import { remainingSeconds } from '../../../src/lib/ui/remaining-time.ts';

test('steady work takes as long again when half of it is done', () => {
	expect(remainingSeconds(50, 100, 10_000)).toBe(10);
});

test('nothing is said in the first second, in the first hundredths, or when all is done', () => {
	expect(remainingSeconds(50, 100, 900)).toBeNull();
	expect(remainingSeconds(1, 100, 10_000)).toBeNull();
	expect(remainingSeconds(0, 100, 10_000)).toBeNull();
	expect(remainingSeconds(100, 100, 10_000)).toBeNull();
});

test('what is nearly done takes a second', () => {
	expect(remainingSeconds(999, 1000, 2000)).toBe(1);
});
