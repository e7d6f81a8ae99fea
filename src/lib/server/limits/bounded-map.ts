/**
 * A map that lets go of what was not written for the longest, in the same time however full it is: what strangers
 * write into it can neither fill the memory nor slow the others down. (Removing the oldest entry of a `Map` one by one
 * would: its holes are walked over each time.)
 */
export class BoundedMap<Value> {
	#young = new Map<string, Value>();
	#old = new Map<string, Value>();
	readonly #kept: number;

	/** @param kept how many of the entries written last are surely there; up to twice as many are. */
	constructor(kept: number) {
		this.#kept = kept;
	}

	get size(): number {
		return this.#young.size + this.#old.size;
	}

	get(key: string): Value | undefined {
		return this.#young.get(key) ?? this.#old.get(key);
	}

	/** Writes an entry, which is the youngest from now on. */
	set(key: string, value: Value): void {
		if (!this.#young.has(key) && this.#young.size >= this.#kept) {
			this.#old = this.#young;
			this.#young = new Map();
		}
		this.#old.delete(key);
		this.#young.set(key, value);
	}

	delete(key: string): void {
		this.#young.delete(key);
		this.#old.delete(key);
	}
}
