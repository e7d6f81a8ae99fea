import { afterEach, describe, expect, test } from 'vitest';
import { beforeReload, mayReload } from '../../../src/lib/ui/before-reload.ts';

const ends: (() => void)[] = [];
const register = (answer: () => boolean | Promise<boolean>) => ends.push(beforeReload(answer));
afterEach(() => ends.splice(0).forEach((end) => end()));

describe('before a newer version takes the place of the page', () => {
	test('everybody is asked, and nobody objecting means nothing is lost', async () => {
		const asked: string[] = [];
		register(() => asked.push('draft') > 0);
		register(async () => (await Promise.resolve(asked.push('outbox'))) > 0);
		expect(await mayReload()).toBe(true);
		expect(asked.sort()).toEqual(['draft', 'outbox']);
	});

	test('one who objects, or fails to answer, is enough to stay', async () => {
		register(() => true);
		register(() => false);
		expect(await mayReload()).toBe(false);
		ends.splice(0).forEach((end) => end());
		register(() => Promise.reject(new Error('the device is full')));
		expect(await mayReload()).toBe(false);
	});

	test('who has left is not asked', async () => {
		register(() => false);
		ends.splice(0).forEach((end) => end());
		expect(await mayReload()).toBe(true);
	});
});
