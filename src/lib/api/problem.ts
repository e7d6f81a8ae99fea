import * as v from 'valibot';

/** The content type of every error answer (RFC 9457). */
export const PROBLEM_TYPE = 'application/problem+json';

/** One wrong field: a JSON pointer in fragment form (`#/changes/0/base`) and what is wrong with it. */
export const fieldErrorSchema = v.object({ pointer: v.string(), detail: v.string() });

/** An error answer (RFC 9457); `type` is `/problems/<area>/<what>` and stable, the sentences are not. */
export const problemSchema = v.object({
	type: v.string(),
	title: v.string(),
	status: v.number(),
	detail: v.optional(v.string()),
	errors: v.optional(v.array(fieldErrorSchema)),
	/** `record/stale-generation`: the generation that a body of the domain must have now. */
	generation: v.optional(v.number()),
	/** `keys/wrong-pin`: how many more PINs may be tried; at 0 the session has ended. */
	left: v.optional(v.number()),
	/** A conflict of keys, of a bundle or of a roster: what stands there, as a GET gives it. */
	current: v.optional(v.looseObject({}))
});

export type FieldError = v.InferOutput<typeof fieldErrorSchema>;
export type Problem = v.InferOutput<typeof problemSchema>;
