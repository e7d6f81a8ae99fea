import { readings } from './readings.ts';
import { spellings } from './spellings.ts';
import type { Secret, Spelling } from './spellings.ts';

/** Looks through some bytes; says of each secret found what it is and how it was written, such as `the code: hex in gzip`. */
export type Search = (content: string | Uint8Array) => string[];

interface Wanted extends Spelling {
	name: string;
}

/**
 * Prepares the search for some secrets in every spelling and encoding; see `spellings` and `readings`. Pure.
 * @param deep whether encodings are undone too; without, a big file or a process's memory is searched as it is
 */
export function searchFor(secrets: readonly Secret[], deep = true): Search {
	const [begins, wanted] = [new Uint32Array(1 << 19), new Map<number, Wanted[]>()];
	for (const secret of secrets) {
		for (const spelling of spellings(secret)) {
			const begin = spelling.bytes.readUIntBE(0, 3);
			begins[begin >> 5] = (begins[begin >> 5] ?? 0) | (1 << (begin & 31));
			wanted.set(begin, [...(wanted.get(begin) ?? []), { ...spelling, name: secret.name }]);
		}
	}
	return (content) => {
		const bytes = typeof content === 'string' ? Buffer.from(content) : asBuffer(content);
		const found = new Set<string>();
		for (const { undone, bytes: read } of deep ? readings(bytes) : [{ undone: [], bytes }])
			for (const { name, how } of scan(read)) found.add([`${name}: ${how}`, ...undone.toReversed()].join(' in '));
		return [...found];
	};

	/** One pass, whatever the number of secrets. */
	function* scan(bytes: Buffer): Generator<Wanted> {
		let begin = 0;
		for (let end = 0; end < bytes.length; end++) {
			begin = ((begin << 8) | (bytes[end] ?? 0)) & 0xffffff;
			if (((begins[begin >> 5] ?? 0) & (1 << (begin & 31))) === 0) continue;
			const at = end - 2;
			for (const one of wanted.get(begin) ?? []) {
				const { length } = one.bytes;
				if (at >= 0 && at + length <= bytes.length && bytes.compare(one.bytes, 0, length, at, at + length) === 0)
					yield one;
			}
		}
	}
}

function asBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
	return Buffer.from(buffer, byteOffset, byteLength);
}
