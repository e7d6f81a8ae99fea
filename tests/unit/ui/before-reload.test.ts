import { afterEach, describe, expect, test } from 'vitest';
import { beforeReload, keepWork } from '../../../src/lib/ui/before-reload.ts';

const ends: (() => void)[] = [];
const register = (keep: () => boolean | Promise<boolean>) => ends.push(beforeReload(keep));
afterEach(() => ends.splice(0).forEach((end) => end()));

describe('before a newer version takes the place of the page', () => {
	test('everybody is let to keep what they have, and nobody objecting means nothing is lost', async () => {
		const kept: string[] = [];
		register(() => kept.push('draft') > 0);
		register(async () => (await Promise.resolve(kept.push('outbox'))) > 0);
		expect(await keepWork()).toBe(true);
		expect(kept.sort()).toEqual(['draft', 'outbox']);
	});

	test('one who cannot keep it, or fails to, is enough to stay', async () => {
		register(() => true);
		register(() => false);
		expect(await keepWork()).toBe(false);
		ends.splice(0).forEach((end) => end());
		register(() => Promise.reject(new Error('the device is full')));
		expect(await keepWork()).toBe(false);
	});

	test('who has left is not asked', async () => {
		register(() => false);
		ends.splice(0).forEach((end) => end());
		expect(await keepWork()).toBe(true);
	});
});
