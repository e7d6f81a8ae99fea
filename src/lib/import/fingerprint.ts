import { fold } from '../kinds/fold.ts';
import type { Movement } from './read-row.ts';

/**
 * By what a second import finds a movement again: account, day, amount, and the bank's id of it or else its texts.
 * Twins have the same fingerprint: they are told apart by counting, not by their line, which moves from file to file.
 * @param account record id of the account it is imported into
 * @returns such as `2024-01-31 -1250EUR 9f86d081884c7d65`
 */
export function fingerprint(account: string, { date, money, payee, notes, bankId }: Movement): string {
	const texts = bankId === '' ? ['text', fold(payee), fold(notes)] : ['id', bankId];
	return `${date} ${money.minor}${money.currency} ${hash([account, ...texts].join('\u0000'))}`;
}

/** 64 bits of FNV-1a over two differently seeded halves. Not for secrets: a print stays inside the sealed body. */
function hash(text: string): string {
	let low = 0x811c9dc5;
	let high = 0xcbf29ce4;
	for (let index = 0; index < text.length; index += 1) {
		const unit = text.charCodeAt(index);
		low = Math.imul(low ^ unit, 0x01000193);
		high = Math.imul(high ^ unit ^ (low >>> 15), 0x85ebca6b);
	}
	return [high, low].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
}
