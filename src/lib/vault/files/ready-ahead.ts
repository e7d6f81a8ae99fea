/**
 * Makes things ready one ahead of whoever takes them: the one after begins when one is taken, and nothing before the first
 * is asked for. What goes wrong is thrown in its turn, and one that nobody takes any more goes wrong unheard.
 * @param items what to make ready of, in order; take no more often than there are
 */
export function readyAhead<Item, Made>(
	items: Iterable<Item>,
	make: (item: Item) => Promise<Made>
): () => Promise<Made> {
	const left = items[Symbol.iterator]();
	const begin = (): Promise<Made> | undefined => {
		const item = left.next();
		if (item.done) return undefined;
		const made = make(item.value);
		made.catch(() => undefined);
		return made;
	};
	let next: Promise<Made> | undefined;
	return async () => {
		const made = next ?? begin();
		if (!made) throw new RangeError('nothing is left to be made ready');
		const result = await made;
		next = begin();
		return result;
	};
}
