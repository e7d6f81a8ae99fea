import type { Bytes } from './bytes.ts';
import { readRoster } from './read-roster.ts';
import type { Roster } from './roster.ts';
import { toUtf8 } from './utf8.ts';

/**
 * The bytes of a roster, to be signed: its JSON without blanks. Whoever reads a roster takes its bytes as they are, in
 * any order and spacing; this is only how we write them.
 * @throws CryptoError `crypto/roster` on a roster that nobody would read.
 */
export function writeRoster(roster: Roster): Bytes {
	const bytes = toUtf8(JSON.stringify(roster));
	readRoster(bytes);
	return bytes;
}
