import { sameJson } from './same-json.ts';

/** A value that lost a collision and is shown beside the one that stands, until the person picks. */
export interface Alternative {
	/** Absent where the field was cleared. */
	value?: unknown;
	/** `meta.at` of the body it comes from: for the person to read, it decides nothing. */
	at: string;
	/** The account that wrote it. */
	author?: string;
}

/** One field of one body: its value (undefined: not there) and what lies beside it. */
export interface FieldState {
	value: unknown;
	beside: readonly Alternative[];
}

/** Whether a side changed the field: its value, or by picking one of the alternatives the base had. */
export function touched(base: FieldState, side: FieldState): boolean {
	return !sameJson(base.value, side.value) || base.beside.some((one) => !includes(side.beside, one));
}

/**
 * Three-way merge of one field. Where both sides changed it to different values, theirs stands and mine lies beside it.
 * An alternative goes only when a side that knew it left it out.
 * @param by what is noted with mine where it loses
 */
export function mergeField(
	base: FieldState,
	mine: FieldState,
	theirs: FieldState,
	by: { at: string; author?: string }
): FieldState & { collides: boolean } {
	const left = touched(base, mine);
	const right = touched(base, theirs);
	const differ = left && right && !sameJson(mine.value, theirs.value);
	const list = differ ? mergeLists(base.value, mine.value, theirs.value) : null;
	const collides = differ && list === null;
	const value = list ?? (right ? theirs.value : mine.value);
	const lost: Alternative[] = collides ? [{ ...(mine.value === undefined ? {} : { value: mine.value }), ...by }] : [];
	return { value, beside: mergeBeside(base, mine, theirs, lost, value), collides };
}

function mergeBeside(
	base: FieldState,
	mine: FieldState,
	theirs: FieldState,
	lost: readonly Alternative[],
	value: unknown
): Alternative[] {
	const fresh = [...theirs.beside, ...mine.beside].filter((one) => !includes(base.beside, one));
	const still = base.beside.filter((one) => includes(mine.beside, one) && includes(theirs.beside, one));
	const kept: Alternative[] = [];
	// What is new goes before what the base had: whoever leaves out the base's does not mean this one.
	for (const one of [...fresh, ...lost, ...still]) {
		if (!sameJson(one.value, value) && !kept.some((other) => sameJson(other.value, one.value))) kept.push(one);
	}
	return kept;
}

/**
 * Lists of different texts merge as sets: theirs, with what mine added and without what it took out. Null where one of
 * the values is anything else, such as a list that holds a text twice.
 */
function mergeLists(base: unknown, mine: unknown, theirs: unknown): string[] | null {
	const [from, left, right] = [asSet(base), asSet(mine), asSet(theirs)];
	if (!from || !left || !right) return null;
	const kept = [...right].filter((text) => left.has(text) || !from.has(text));
	return [...kept, ...[...left].filter((text) => !right.has(text) && !from.has(text))];
}

function asSet(value: unknown): Set<string> | null {
	if (value === undefined) return new Set();
	if (!Array.isArray(value) || !value.every((one) => typeof one === 'string')) return null;
	const set = new Set(value);
	return set.size === value.length ? set : null;
}

function includes(list: readonly Alternative[], one: Alternative): boolean {
	return list.some((other) => sameJson(other, one));
}
