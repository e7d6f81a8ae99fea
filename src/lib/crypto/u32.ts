/** The big-endian number in the four bytes from `at` on; bytes that are not there count as zero. */
export function readU32(bytes: Uint8Array, at: number): number {
	const [a, b, c, d] = [bytes[at] ?? 0, bytes[at + 1] ?? 0, bytes[at + 2] ?? 0, bytes[at + 3] ?? 0];
	return ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
}

/** Writes a whole number from 0 to 2^32 - 1 as four bytes, big-endian. */
export function writeU32(number: number, out: Uint8Array, at: number): void {
	out[at] = number >>> 24;
	out[at + 1] = number >>> 16;
	out[at + 2] = number >>> 8;
	out[at + 3] = number;
}

/** Whether a number fits four bytes as it is. */
export function isU32(number: number): boolean {
	return number >>> 0 === number;
}
