/** How many things under one text are looked at: a file of one amount on one day must not cost its square. */
const MOST = 50;

/** Things by a text; each is given out once. */
export class Shelf<T> {
	readonly #things = new Map<string, T[]>();

	add(text: string, thing: T): void {
		const things = this.#things.get(text);
		if (things) things.push(thing);
		else this.#things.set(text, [thing]);
	}

	/** Takes the first thing under a text that fits. */
	take(text: string, fits: (thing: T) => boolean = () => true): T | undefined {
		const things = this.#things.get(text);
		if (things === undefined) return undefined;
		for (let index = 0; index < things.length && index < MOST; index += 1) {
			const thing = things[index];
			if (thing !== undefined && fits(thing)) return things.splice(index, 1)[0];
		}
		return undefined;
	}

	/** Whether a thing under a text fits. */
	has(text: string, fits: (thing: T) => boolean): boolean {
		return this.#things.get(text)?.slice(0, MOST).some(fits) ?? false;
	}
}
