/** How deep what is read as a record, or of an entity, may be nested: kinds need less than ten. */
export const MOST_DEPTH = 64;

/**
 * Whether a value of JSON is nested at most `most` deep; a text or a number is 0 deep. To be asked before anything walks
 * through it: a reader takes any depth, and whoever goes down into a hundred thousand levels runs out of stack. This one
 * goes no deeper than it allows.
 */
export function isShallow(value: unknown, most: number = MOST_DEPTH): boolean {
	if (typeof value !== 'object' || value === null) return true;
	if (most === 0) return false;
	for (const inner of Object.values(value)) if (typeof inner === 'object' && !isShallow(inner, most - 1)) return false;
	return true;
}
