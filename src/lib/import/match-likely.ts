import { addDays } from '../kinds/dates.ts';
import type { KindRecord } from '../kinds/record-body.ts';
import type { Candidate } from './candidates.ts';
import { amountKey, candidatesByAmount } from './candidates.ts';
import type { Format, Movement } from './movement.ts';
import { Shelf } from './shelf.ts';
import type { ComparedText } from './text-likeness.ts';
import { comparedText, isLike } from './text-likeness.ts';

/** Days that booking and value may be apart: a weekend, and a holiday on either side. */
const MOST_DAYS = 4;
const NEAREST = [-1, 1, -2, 2, -3, 3, -4, 4];
const EARLIEST = [-4, -3, -2, -1, 1, 2, 3, 4];

/** A movement, its texts made ready, and where it stands among those asked about. */
interface Wanted {
	index: number;
	movement: Movement;
	/** `''` where the bank's ids say nothing. */
	bankId: string;
	text: ComparedText;
}

/**
 * The record that each movement may be, one to one: those with like texts on the same day; then those a few days apart;
 * at last those of the same day alone.
 *
 * Two files of one format say days and texts alike: there a day apart is another movement, unless it has the same id of
 * the bank. So it is with two ids of one format.
 * @param idsHold whether the bank gives a movement the same id each time; some draw new ones for each download
 * @returns a record id for each movement, or undefined
 */
export function matchLikely(
	movements: readonly Movement[],
	account: string,
	records: readonly KindRecord[],
	format: Format,
	idsHold = true
): (string | undefined)[] {
	const byAmount = candidatesByAmount(records, account);
	const groups = new Map<string, Wanted[]>();
	for (const [index, movement] of movements.entries()) {
		const key = amountKey(movement.money);
		if (!byAmount.has(key)) continue;
		const wanted = {
			index,
			movement,
			bankId: idsHold ? movement.bankId : '',
			text: comparedText(movement.payee, movement.notes)
		};
		const group = groups.get(key);
		if (group === undefined) groups.set(key, [wanted]);
		else group.push(wanted);
	}
	const found: (string | undefined)[] = movements.map(() => undefined);
	for (const [key, group] of groups) {
		for (const [index, id] of matchGroup(group, byAmount.get(key) ?? [], format)) found[index] = id;
	}
	return found;
}

/**
 * Matches movements and records of one amount. Nearest days first can leave one over where each of a row is two days
 * late (21 and 24 against 23 and 26): taken in their order they fit. Whichever leaves fewer over is right.
 */
function matchGroup(group: readonly Wanted[], candidates: readonly Candidate[], format: Format): Map<number, string> {
	const nearest = matchBy(NEAREST, group, candidates, format);
	if (nearest.size === Math.min(group.length, candidates.length)) return nearest;
	const inOrder = [...group].sort((a, b) => (a.movement.date < b.movement.date ? -1 : 1));
	const earliest = matchBy(EARLIEST, inOrder, candidates, format);
	return earliest.size > nearest.size ? earliest : nearest;
}

function matchBy(
	order: readonly number[],
	group: readonly Wanted[],
	candidates: readonly Candidate[],
	format: Format
): Map<number, string> {
	const shelf = new Shelf<Candidate>();
	for (const candidate of candidates) shelf.add(candidate.date, candidate);
	const found = new Map<number, string>();
	const take = (wanted: Wanted, days: number, fits: (candidate: Candidate) => boolean) => {
		if (found.has(wanted.index)) return;
		const { date } = wanted.movement;
		const id = shelf.take(days === 0 ? date : addDays(date, days), fits)?.id;
		if (id !== undefined) found.set(wanted.index, id);
	};
	const like = (days: number) => (wanted: Wanted) => take(wanted, days, (each) => isLikely(wanted, each, days, format));
	group.forEach(like(0));
	if (order[0] === -MOST_DAYS) for (const wanted of group) for (const days of order) like(days)(wanted);
	else for (const days of order) group.forEach(like(days));
	for (const wanted of group) take(wanted, 0, (candidate) => isSameDay(wanted, candidate, format));
	return found;
}

/** Whether texts or the bank's ids speak for it, so many days apart. */
function isLikely(wanted: Wanted, candidate: Candidate, days: number, format: Format): boolean {
	const sameId = isSameId(wanted, candidate, format);
	if (sameId !== null) return sameId;
	const mayBeApart = days === 0 || candidate.isTransfer || candidate.source?.format !== format;
	return mayBeApart && (candidate.isTransfer || isLike(wanted.text, candidate.text));
}

/** Whether day and amount alone are enough: of a record typed by hand, or from another format. */
function isSameDay(wanted: Wanted, candidate: Candidate, format: Format): boolean {
	if (isSameId(wanted, candidate, format) === false) return false;
	const { source } = candidate;
	// Of the same format only the same line of a table, as when a file is read with other columns.
	return source?.format !== format || (format === 'csv' && source.line === wanted.movement.line);
}

/** Whether both have an id of one format and it is the same; null where that says nothing. */
function isSameId({ bankId }: Wanted, { source }: Candidate, format: Format): boolean | null {
	if (bankId === '' || source?.id === undefined || source.format !== format) return null;
	return source.id === bankId;
}
