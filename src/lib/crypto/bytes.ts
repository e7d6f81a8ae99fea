/** Bytes with memory of their own, which is what WebCrypto takes. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** One row of bytes after the other, copied. */
export function joinBytes(...rows: readonly Uint8Array[]): Bytes {
	const joined = new Uint8Array(rows.reduce((length, row) => length + row.length, 0));
	let at = 0;
	for (const row of rows) {
		joined.set(row, at);
		at += row.length;
	}
	return joined;
}

/** Whether two rows of bytes are the same, in a time that tells their length and nothing else. */
export function equalBytes(one: Uint8Array, other: Uint8Array): boolean {
	if (one.length !== other.length) return false;
	let difference = 0;
	for (let at = 0; at < one.length; at++) difference |= (one[at] ?? 0) ^ (other[at] ?? 0);
	return difference === 0;
}

/** Bytes that nobody can foretell, from the runtime's generator. */
export function randomBytes(size: number): Bytes {
	return crypto.getRandomValues(new Uint8Array(size));
}
