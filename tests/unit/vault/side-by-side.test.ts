import { describe, expect, test } from 'vitest';
import { sideBySide } from '../../../src/lib/vault/files/side-by-side.ts';
import type { Piece } from '../../../src/lib/vault/files/side-by-side.ts';

/** Pieces that end when they are told to; what happened to them, in order. */
function track(names: readonly string[]) {
	const happened: string[] = [];
	const ends = new Map<string, { resolve: () => void; reject: (error: Error) => void }>();
	const pieces = async function* (): AsyncGenerator<Piece> {
		for (const name of names) {
			happened.push(`asked ${name}`);
			await Promise.resolve();
			yield (signal) => {
				happened.push(`began ${name}`);
				const { promise, resolve, reject } = Promise.withResolvers<void>();
				ends.set(name, { resolve, reject });
				signal.addEventListener('abort', () => {
					happened.push(`ended ${name}`);
					reject(signal.reason as Error);
				});
				return promise;
			};
		}
	};
	return { happened, pieces, end: (name: string) => ends.get(name) };
}

/** Lets all that can go on without anybody's doing go on. */
const settle = () => new Promise((resolve) => setImmediate(resolve));
const never = new AbortController().signal;

describe('work side by side', () => {
	test('is as much as was said, and the next is asked for when there is room', async () => {
		const { happened, pieces, end } = track(['a', 'b', 'c']);
		const all = sideBySide(2, pieces(), never);
		await settle();
		expect(happened).toEqual(['asked a', 'began a', 'asked b', 'began b']);
		end('b')?.resolve();
		await settle();
		expect(happened.slice(4)).toEqual(['asked c', 'began c']);
		end('a')?.resolve();
		end('c')?.resolve();
		await expect(all).resolves.toBeUndefined();
	});

	test('ends where a piece goes wrong: the others are ended, no other begins, and that one is thrown', async () => {
		const { happened, pieces, end } = track(['a', 'b', 'c']);
		const all = sideBySide(2, pieces(), never);
		await settle();
		end('b')?.reject(new Error('refused'));
		await expect(all).rejects.toThrow('refused');
		expect(happened.slice(4)).toEqual(['ended a', 'ended b']);
	});

	test('ends where the next one cannot be had, once nothing is under way', async () => {
		const { happened, pieces } = track(['a']);
		const broken = async function* (): AsyncGenerator<Piece> {
			yield* pieces();
			await Promise.resolve();
			throw new Error('changed');
		};
		await expect(sideBySide(2, broken(), never)).rejects.toThrow('changed');
		expect(happened).toEqual(['asked a', 'began a', 'ended a']);
	});

	test('ends when it is told to', async () => {
		const { happened, pieces } = track(['a', 'b', 'c']);
		const told = new AbortController();
		const all = sideBySide(2, pieces(), told.signal);
		await settle();
		told.abort(new Error('locked'));
		await expect(all).rejects.toThrow('locked');
		expect(happened.slice(4)).toEqual(['ended a', 'ended b']);
	});
});
