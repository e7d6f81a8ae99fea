import { DEPTHS, VALUES } from './ofx-names.ts';
import type { OfxTag } from './scan-tags.ts';

/** An aggregate that has ended, with the values that stood in it. */
export interface Aggregate {
	name: string;
	line: number;
	values: Map<string, string>;
}

interface Frame extends Aggregate {
	/** Infinity for an aggregate nobody here knows. */
	depth: number;
}

/** More than any real file nests. Below it nothing is opened any more: values of deeper ones are not told apart. */
const DEEPEST = 64;

/**
 * Tells aggregates from values, which SGML does not: known names stand at their depth, and a tag without a value is
 * an unknown aggregate. If its end tag comes, what stood in it is not its parent's and is dropped; if not, it was an
 * empty value, and what followed is.
 */
export class AggregateStack {
	readonly #frames: Frame[] = [];
	readonly #ended: (aggregate: Aggregate) => void;
	readonly #isEntry: (name: string) => boolean;

	/**
	 * @param isEntry whether a further name is an aggregate as things stand
	 * @param ended called for each known aggregate, inner ones first
	 */
	constructor(isEntry: (name: string) => boolean, ended: (aggregate: Aggregate) => void) {
		this.#isEntry = isEntry;
		this.#ended = ended;
	}

	isOpen(name: string): boolean {
		return this.#frames.some((frame) => frame.name === name);
	}

	/** Takes the next tag. */
	take({ name, end, line, value }: OfxTag): void {
		if (end) this.#close(name);
		else if (value !== '') this.#keep(name, value);
		else if (DEPTHS.has(name)) this.#open(name, line, DEPTHS.get(name) ?? 0);
		else if (this.#isEntry(name)) this.#open(name, line, 5);
		else if (!VALUES.has(name) && this.#frames.length < DEEPEST)
			this.#frames.push({ name, line, depth: Infinity, values: new Map() });
	}

	/** The end of the file ends everything. */
	end(): void {
		this.#dropTo(0);
	}

	#open(name: string, line: number, depth: number): void {
		const first = this.#frames.findIndex((frame) => frame.depth !== Infinity && frame.depth >= depth);
		if (first >= 0) this.#dropTo(first);
		this.#frames.push({ name, line, depth, values: new Map() });
	}

	#close(name: string): void {
		const at = this.#frames.findLastIndex((frame) => frame.name === name);
		if (at < 0) return;
		this.#dropTo(at + 1);
		const frame = this.#frames.pop();
		if (frame !== undefined && frame.depth !== Infinity) this.#finish(frame);
	}

	/** Ends the frames from an index on, without their end tags. */
	#dropTo(index: number): void {
		while (this.#frames.length > index) {
			const frame = this.#frames.pop();
			if (frame === undefined) return;
			if (frame.depth === Infinity) for (const [name, value] of frame.values) this.#keep(name, value);
			else this.#finish(frame);
		}
	}

	/** What an entry's parts say is the entry's, each under the name of its part. */
	#finish(frame: Frame): void {
		if (frame.depth === 7) for (const [name, value] of frame.values) this.#keep(`${frame.name}.${name}`, value);
		else this.#ended({ name: frame.name, line: frame.line, values: frame.values });
	}

	#keep(name: string, value: string): void {
		const { values } = this.#frames.at(-1) ?? { values: undefined };
		const bare = name.slice(name.indexOf('.') + 1);
		if (values !== undefined && VALUES.has(bare) && !values.has(name)) values.set(name, value);
	}
}
