import type { MoneyProblemCode } from './parse-money.ts';

/** Everything that can be wrong with a value, in a record or as it was typed. */
export type ProblemCode =
	| MoneyProblemCode
	| 'required'
	| 'text'
	| 'too-long'
	| 'date'
	| 'date-order'
	| 'date-time'
	| 'money'
	| 'currency'
	| 'negative'
	| 'number'
	| 'too-small'
	| 'too-big'
	| 'unit'
	| 'pair'
	| 'times'
	| 'choice'
	| 'tags'
	| 'schedule'
	| 'reference'
	| 'same-reference'
	| 'files'
	| 'rows'
	| 'too-many'
	| 'sum'
	| 'body';

/** One thing wrong: where (`amount`, `splits.1.category`; empty for the whole body), what, and what the sentence needs. */
export interface Problem {
	readonly field: string;
	readonly code: ProblemCode;
	readonly detail?: Readonly<Record<string, string | number>>;
}
