import { expect, test } from 'vitest';
import { readLockMinutes, writeLockMinutes } from '../../../src/lib/vault/lock-minutes.ts';

function texts(kept: string | null) {
	const device = { text: kept };
	return {
		device,
		read: () => Promise.resolve(device.text),
		write: (_: string, text: string | null) => Promise.resolve(void (device.text = text))
	};
}

test('the choice is kept on the device and read again', async () => {
	const kept = texts(null);
	expect(await readLockMinutes(kept)).toBe(5);
	await writeLockMinutes(kept, 17);
	expect(await readLockMinutes(kept)).toBe(17);
});

test('nobody chooses less than a minute or more than an hour', async () => {
	const kept = texts('3');
	for (const minutes of [0, -1, 61, 1.5, NaN, Infinity])
		await expect(writeLockMinutes(kept, minutes), String(minutes)).rejects.toThrow(RangeError);
	expect(kept.device.text).toBe('3');
});

test('a text that is no choice, and a device that cannot be read, mean the usual five minutes', async () => {
	for (const text of ['', '0', '900', 'never', '-5']) expect(await readLockMinutes(texts(text)), text).toBe(5);
	expect(await readLockMinutes({ read: () => Promise.reject(new Error('closed')) })).toBe(5);
});
