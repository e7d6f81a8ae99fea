import * as v from 'valibot';
import { bytesSchema, bytesUpTo, numberTextSchema, wholeSchema } from './bytes.ts';
import { decimalSchema, domainSchema, instantSchema, uuidSchema } from './ids.ts';

/** The most bytes that the JSON text of a roster may have. */
export const MOST_ROSTER_BYTES = 128 * 1024;
/** How many grants may come in one request. */
export const MOST_GRANTS = 500;
/** How many rosters one answer may hold. */
export const MOST_CHAIN = 100;
/** The most bytes of JSON that a roster with its grants may have. */
export const MOST_ROSTER_POST_BYTES = 2 * 1024 * 1024;

/** A counter in a roster's chain: decimal text, from 1. */
const counterSchema = v.pipe(
	decimalSchema,
	v.check((text) => text !== '0', 'starts at 1')
);

/** The key of a domain's generation, sealed to one member (or, among `emergency`, to one emergency contact). */
export const grantSchema = v.object(
	{
		entity: uuidSchema,
		domain: domainSchema,
		generation: wholeSchema(1),
		/** Whom it is sealed to. */
		member: uuidSchema,
		/** Who sealed and signed it. */
		grantor: uuidSchema,
		/** Encapsulation(1120) and HPKE ciphertext(48). */
		sealed: bytesSchema(1120 + 48),
		signature: bytesSchema(64)
	},
	'must be an object'
);

const grantsSchema = v.pipe(
	v.array(grantSchema, 'must be a list'),
	v.maxLength(MOST_GRANTS, `holds at most ${MOST_GRANTS} grants`)
);

/** A signed roster; `bytes` is the JSON text exactly as its signer wrote it. */
const signedRoster = {
	epoch: wholeSchema(1),
	counter: counterSchema,
	bytes: bytesUpTo(MOST_ROSTER_BYTES),
	signature: bytesSchema(64),
	signer: uuidSchema
};

/** The next roster of an entity's chain with the keys that go with it, taken in one transaction. */
export const rosterPostSchema = v.object(
	{ entity: uuidSchema, ...signedRoster, grants: grantsSchema, emergency: grantsSchema },
	'must be an object'
);

/** A roster as it is given back; `at` is when it was posted. */
export const rosterSchema = v.object({ ...signedRoster, at: instantSchema });

/** A roster that is now the newest. */
export const rosterAnswerSchema = v.object({ rosters: v.array(rosterSchema) });

/** The chain from (`epoch`, `from`) on, oldest first; the first epoch and counter where they are not said. */
export const rostersQuerySchema = v.object({
	entity: uuidSchema,
	epoch: v.optional(numberTextSchema),
	from: v.optional(counterSchema)
});

/** `more`: the chain goes on after the last of these. */
export const rostersAnswerSchema = v.object({ rosters: v.array(rosterSchema), more: v.boolean() });

export const grantsQuerySchema = v.object({ entity: uuidSchema });
export const grantsAnswerSchema = v.object({ grants: v.array(grantSchema) });
export const postGrantsSchema = v.object(
	{
		entity: uuidSchema,
		grants: v.pipe(grantsSchema, v.minLength(1, 'must hold at least one grant'))
	},
	'must be an object'
);

export type Grant = v.InferOutput<typeof grantSchema>;
export type Roster = v.InferOutput<typeof rosterSchema>;
export type RosterPost = v.InferInput<typeof rosterPostSchema>;
export type RostersAnswer = v.InferOutput<typeof rostersAnswerSchema>;
export type GrantsAnswer = v.InferOutput<typeof grantsAnswerSchema>;
