import { fold } from '../kinds/fold.ts';
import type { Movement } from './movement.ts';
import { textHash } from './text-hash.ts';

/**
 * By what a second import finds a movement again: account, day, amount, and the bank's id of it or else its texts.
 * Twins have the same fingerprint: they are told apart by counting, not by their line, which moves from file to file.
 * @param account record id of the account it is imported into
 * @returns such as `2024-01-31 -1250EUR 9f86d081884c7d65`
 */
export function fingerprint(account: string, { date, money, payee, notes, bankId }: Movement): string {
	const texts = bankId === '' ? ['text', fold(payee), fold(notes)] : ['id', bankId];
	return `${date} ${money.minor}${money.currency} ${textHash([account, ...texts].join('\u0000'))}`;
}
