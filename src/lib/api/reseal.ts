import * as v from 'valibot';
import { bytesUpTo, wholeSchema } from './bytes.ts';
import { decimalSchema, domainSchema, uuidSchema } from './ids.ts';
import { problemSchema } from './problem.ts';
import { recordSchema } from './record.ts';

/** How many bodies one request may seal anew. */
export const MOST_RESEALED = 500;
/** The most bytes that the U envelope of a body may have: what is stored is at most 256 KiB of text with the server's layer over it. */
export const MOST_SEALED_BYTES = 190 * 1024;

const revisionSchema = v.pipe(
	decimalSchema,
	v.check((text) => text !== '0', 'starts at 1')
);

/** Which bodies are yet to be sealed anew: those of a generation below `below`; none counts as 0. */
export const staleRequestSchema = v.object(
	{
		entity: uuidSchema,
		domain: domainSchema,
		below: wholeSchema(1),
		limit: v.optional(wholeSchema(1, MOST_RESEALED)),
		/** The last body of the page before: those after it, by record and revision. */
		after: v.optional(v.object({ id: uuidSchema, rev: revisionSchema }, 'must be an object'))
	},
	'must be an object'
);

/** Bodies as a pull gives them, current and earlier ones (told apart by `rev`), and how many there are beyond these. */
export const staleAnswerSchema = v.object({ records: v.array(recordSchema), left: v.number() });

/** A body under another generation: the same JSON, author, signature and revision. `from` 0: it had no user layer. */
export const resealedSchema = v.object(
	{
		id: uuidSchema,
		rev: revisionSchema,
		from: wholeSchema(0),
		to: wholeSchema(1),
		sealed: bytesUpTo(MOST_SEALED_BYTES)
	},
	'must be an object'
);

export const resealRequestSchema = v.object(
	{
		entity: uuidSchema,
		domain: domainSchema,
		bodies: v.pipe(
			v.array(resealedSchema, 'must be a list'),
			v.minLength(1, 'must hold at least one body'),
			v.maxLength(MOST_RESEALED, `holds at most ${MOST_RESEALED} bodies`)
		)
	},
	'must be an object'
);

/** What became of each body, in order; `conflict`: it is not at that revision and generation, or not there any more. */
export const resealAnswerSchema = v.object({
	results: v.array(
		v.object({
			id: uuidSchema,
			rev: decimalSchema,
			status: v.picklist(['accepted', 'conflict', 'denied', 'invalid']),
			problem: v.optional(problemSchema)
		})
	)
});

export type StaleRequest = v.InferInput<typeof staleRequestSchema>;
export type StaleAnswer = v.InferOutput<typeof staleAnswerSchema>;
export type Resealed = v.InferOutput<typeof resealedSchema>;
export type ResealAnswer = v.InferOutput<typeof resealAnswerSchema>;
