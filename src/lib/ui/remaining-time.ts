/**
 * How long the rest of a steady piece of work will take.
 * @param done pieces done so far
 * @param total pieces in all
 * @param elapsed milliseconds since the first piece was begun
 * @returns whole seconds, at least 1; or null while it is too early to tell (under a second or 2 percent) or all is done
 */
export function remainingSeconds(done: number, total: number, elapsed: number): number | null {
	if (done <= 0 || done >= total || elapsed < 1000 || done / total < 0.02) return null;
	return Math.max(1, Math.round(((elapsed / done) * (total - done)) / 1000));
}
