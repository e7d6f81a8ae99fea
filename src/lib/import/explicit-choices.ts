import type { Mapping, Question } from './mapping.ts';
import type { MappingGuess } from './settle-mapping.ts';

const KEYS = ['dateOrder', 'decimal', 'unsigned', 'currency'] as const;
type Key = (typeof KEYS)[number];

/** The question that each of them answers. */
const ANSWERS: Readonly<Record<Key, Question | null>> = {
	dateOrder: 'date-order',
	decimal: 'decimal',
	unsigned: 'direction',
	currency: null
};

/** What the person has said of how one file is written. It outlives every guess at the file. */
export class ExplicitChoices {
	#said: Partial<Pick<Mapping, Key>> = {};

	/** Notes what a change of the mapping says of it; columns are no part of it. */
	note(patch: Partial<Mapping>): void {
		const said = KEYS.filter((key) => patch[key] !== undefined).map((key) => [key, patch[key]]);
		this.#said = { ...this.#said, ...(Object.fromEntries(said) as Partial<Pick<Mapping, Key>>) };
	}

	/** A guess with what was said in its place, and without the questions that are answered by it. */
	over(guess: MappingGuess): MappingGuess {
		const answered = KEYS.filter((key) => this.#said[key] !== undefined).map((key) => ANSWERS[key]);
		return {
			...guess,
			mapping: { ...guess.mapping, ...this.#said },
			questions: guess.questions.filter((question) => !answered.includes(question))
		};
	}

	/** For another file. */
	clear(): void {
		this.#said = {};
	}
}
