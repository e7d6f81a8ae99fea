import * as v from 'valibot';
import { isShallow } from '../crypto/json-depth.ts';
import { base64urlSchema, decimalSchema, domainSchema, instantSchema, membersSchema, uuidSchema } from './ids.ts';
import { problemSchema } from './problem.ts';

/** How many changes one push may carry. */
export const MOST_CHANGES = 500;
/** How many bytes of JSON one push may have. */
export const MOST_PUSH_BYTES = 8 * 1024 * 1024;
/** How many records one page of a pull may hold. */
export const MOST_ROWS = 1000;

/** What a record says: the JSON of its kind, in the clear between browser and server; members unknown here are kept. */
export const plainSchema = v.pipe(
	v.looseObject(
		{
			kind: v.pipe(v.string('must be text'), v.regex(/^[a-z][a-z0-9-]{0,63}$/, 'must be the name of a kind')),
			version: v.pipe(
				v.number('must be a number'),
				v.safeInteger('must be a whole number'),
				v.minValue(1, 'starts at 1')
			),
			values: membersSchema,
			meta: membersSchema
		},
		'must be an object'
	),
	v.check((plain) => isShallow(plain), 'is nested too deeply')
);

/**
 * A record as a pull gives it: `plain` where its domain has no user layer, `sealed` where it has one, and
 * `damaged: true` instead of either where the server cannot open its own layer.
 */
export const recordSchema = v.object({
	id: uuidSchema,
	domain: domainSchema,
	rev: decimalSchema,
	seq: decimalSchema,
	generation: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(0))),
	author: v.nullable(uuidSchema),
	state: v.picklist(['live', 'bin', 'purged']),
	updatedAt: instantSchema,
	plain: v.optional(plainSchema),
	sealed: v.optional(base64urlSchema),
	damaged: v.optional(v.literal(true))
});

/** A wish to write: the new revision is `base + 1`. The same `change` sent again is answered as the first time. */
export const changeSchema = v.object(
	{
		change: uuidSchema,
		id: uuidSchema,
		domain: domainSchema,
		base: decimalSchema,
		generation: v.optional(
			v.pipe(v.number('must be a number'), v.safeInteger('must be a whole number'), v.minValue(0, 'starts at 0'))
		),
		plain: v.optional(plainSchema),
		/** The U envelope of the new revision, of `generation`, where the domain has a user layer. */
		sealed: v.optional(base64urlSchema),
		/** With `sealed`: what the body says, as a hint for the sweep of the bin; `live` where it is not said. */
		state: v.optional(v.picklist(['live', 'bin', 'purged'], 'must be live, bin or purged')),
		/** Where the revision names a content for the first time: it is in use from then on, and the one before it is not. */
		content: v.optional(uuidSchema)
	},
	'must be an object'
);

/** What became of one change, in the order of the changes. */
export const resultSchema = v.variant('status', [
	v.object({ id: uuidSchema, status: v.literal('accepted'), rev: decimalSchema, seq: decimalSchema }),
	v.object({ id: uuidSchema, status: v.literal('conflict'), current: recordSchema }),
	v.object({
		id: uuidSchema,
		status: v.picklist(['denied', 'invalid', 'stale-generation', 'too-large', 'over-quota', 'content-missing']),
		problem: problemSchema
	})
]);

export const pullRequestSchema = v.object(
	{
		entity: uuidSchema,
		/** By domain the last `seq` that is known, "0" at the start; a domain that is not named is not pulled. */
		after: v.pipe(
			v.record(domainSchema, decimalSchema, 'must be an object'),
			v.minEntries(1, 'must name at least one domain')
		),
		limit: v.optional(
			v.pipe(
				v.number('must be a number'),
				v.safeInteger('must be a whole number'),
				v.minValue(1, 'is at least 1'),
				v.maxValue(MOST_ROWS, `is at most ${MOST_ROWS}`)
			)
		)
	},
	'must be an object'
);

export const pullAnswerSchema = v.object({
	records: v.array(recordSchema),
	/** The cursors to send with the next pull: those of the request, moved past the records of this page. */
	after: v.record(domainSchema, decimalSchema),
	more: v.boolean(),
	epoch: v.string(),
	/** As the entity's own `restoredFrom`. */
	restoredFrom: v.nullable(instantSchema)
});

/** The shape of a whole push; each change is checked by itself, so that a bad one spoils no other. */
export const pushRequestSchema = v.object(
	{
		entity: uuidSchema,
		changes: v.pipe(
			v.array(changeSchema, 'must be a list'),
			v.minLength(1, 'must hold at least one change'),
			v.maxLength(MOST_CHANGES, `holds at most ${MOST_CHANGES} changes`)
		)
	},
	'must be an object'
);

/** The part of a push that must hold for any of it to be looked at: every change is an object that names its record. */
export const pushEnvelopeSchema = v.object(
	{
		entity: uuidSchema,
		changes: v.pipe(
			v.array(v.looseObject({ id: uuidSchema }, 'must be an object'), 'must be a list'),
			v.minLength(1, 'must hold at least one change'),
			v.maxLength(MOST_CHANGES, `holds at most ${MOST_CHANGES} changes`)
		)
	},
	'must be an object'
);

export const pushAnswerSchema = v.object({ results: v.array(resultSchema) });

export const historyAnswerSchema = v.object({
	/** Earlier revisions of the record that are still kept (30 days), newest first. */
	records: v.array(recordSchema)
});

export type Plain = v.InferOutput<typeof plainSchema>;
export type Record = v.InferOutput<typeof recordSchema>;
export type Change = v.InferOutput<typeof changeSchema>;
export type Result = v.InferOutput<typeof resultSchema>;
export type PullRequest = v.InferInput<typeof pullRequestSchema>;
export type PullAnswer = v.InferOutput<typeof pullAnswerSchema>;
export type PushRequest = v.InferInput<typeof pushRequestSchema>;
export type PushAnswer = v.InferOutput<typeof pushAnswerSchema>;
export type HistoryAnswer = v.InferOutput<typeof historyAnswerSchema>;
