/**
 * Lets pieces of work through one after another, in the order they came. PGlite has one connection, and the backend does
 * not keep others out while a transaction is open on it: whenever one waits for anything but the database (signing a
 * token does), another person's statement could run in its transaction and under its name.
 */
export function createTurns(): <T>(work: () => Promise<T>) => Promise<T> {
	let last: Promise<unknown> = Promise.resolve();
	return (work) => {
		const mine = last.then(work);
		last = mine.catch(() => undefined);
		return mine;
	};
}
