import { LIMITS } from '../../kinds/check-value.ts';
import type { Money } from '../../kinds/money.ts';
import type { MovementPart } from '../movement.ts';
import type { AmountStyle } from '../read-amount.ts';
import { readAmount } from '../read-amount.ts';
import type { LedgerEntry } from './ledger.ts';

/**
 * The parts of an entry. A record can only have parts that run the way of the whole, have a category each and make it
 * up together: where they do not (pay less taxes), what the file says of them goes into the notes, and is not lost.
 * @param money the whole, with the sign it is imported with
 */
export function readParts(
	{ parts, amount }: LedgerEntry,
	money: Money,
	style: AmountStyle
): { parts: MovementPart[]; notes: string[] } {
	const written = readAmount(amount, { ...style, currency: money.currency });
	const isTurned = written !== null && typeof written !== 'string' && written.minor === -money.minor;
	const read = parts.map((part): MovementPart | null => {
		const own = readAmount(part.amount, { ...style, currency: money.currency });
		if (own === null || typeof own === 'string' || own.currency !== money.currency) return null;
		if (part.category === '' || part.category.length > LIMITS.tag) return null;
		return { minor: isTurned ? 0 - own.minor : own.minor, category: part.category };
	});
	const fit = read.filter((part) => part !== null && part.minor !== 0 && part.minor < 0 === money.minor < 0);
	const whole = fit.reduce((sum, part) => sum + (part?.minor ?? 0), 0);
	const isWhole = fit.length === parts.length && whole === money.minor && parts.length <= LIMITS.rows;
	// Only an expense has parts; of money that came in, one part alone says its category.
	if (isWhole && (money.minor < 0 || parts.length === 1))
		return { parts: fit.filter((part) => part !== null), notes: parts.map((part) => part.notes) };
	return {
		parts: [],
		notes: parts.map((part) => [part.category, part.notes, part.amount].filter((each) => each !== '').join(' '))
	};
}
