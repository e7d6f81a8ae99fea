import { expect, test } from 'vitest';
import { presence } from '../../../src/lib/device/tabs.ts';

test('a page that enters again, as after each unlock, is there once: it knows that it is alone', async () => {
	await presence.enter('keys-ana');
	await presence.enter('keys-ana');
	expect(await presence.isAlone('keys-ana')).toBe(true);
});

test('a page is not alone while another one is there', async () => {
	await presence.enter('keys-eva');
	let leave = (): void => undefined;
	const gone = navigator.locks.request(
		'arca-there-keys-eva',
		{ mode: 'shared' },
		() => new Promise<void>((end) => (leave = end))
	);
	await expect.poll(() => presence.isAlone('keys-eva')).toBe(false);
	leave();
	await gone;
	expect(await presence.isAlone('keys-eva')).toBe(true);
});
