/** A piece of work; `signal` is aborted where another one went wrong. */
export type Piece = (signal: AbortSignal) => Promise<void>;

/**
 * Does pieces of work side by side, in the order they come. The next is asked for only when there is room for it, so that
 * what comes before a piece begins is done one after another.
 * @param most how many are under way at once
 * @param signal ends all of it
 * @throws what went wrong first, once nothing is under way any more
 */
export async function sideBySide(most: number, pieces: AsyncIterable<Piece>, signal: AbortSignal): Promise<void> {
	const underWay = new Set<Promise<void>>();
	const rest = new AbortController();
	const ends = AbortSignal.any([signal, rest.signal]);
	const failures: unknown[] = [];
	const fail = (error: unknown): void => {
		failures.push(error);
		rest.abort();
	};
	try {
		for await (const piece of pieces) {
			if (failures.length > 0) break;
			const done = piece(ends)
				.catch(fail)
				.finally(() => underWay.delete(done));
			underWay.add(done);
			if (underWay.size >= most) await Promise.race(underWay);
			if (failures.length > 0) break;
		}
	} catch (error) {
		fail(error);
	}
	await Promise.all(underWay);
	if (failures.length > 0) throw failures[0];
}
