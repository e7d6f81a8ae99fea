import type { Bytes } from './bytes.ts';

/** Gives bytes to write to, with anything in them. What is sealed in great numbers takes them from the host's pool. */
export type Allocate<Memory extends ArrayBufferLike = ArrayBufferLike> = (size: number) => Uint8Array<Memory>;

/** Bytes from the runtime, which work everywhere. */
export const allocate = (size: number): Bytes => new Uint8Array(size);

const PIECE = 32 * 1024;

/**
 * Gives views of larger pieces, each part once: small rows in great numbers cost more to allocate than to fill. None of
 * them may be stored or handed over, for the whole piece would go with it.
 */
export function allocateInPieces(): Allocate<ArrayBuffer> {
	let left = allocate(0);
	return (size) => {
		if (left.length < size) left = allocate(Math.max(size, PIECE));
		const given = left.subarray(0, size);
		left = left.subarray(size);
		return given;
	};
}
