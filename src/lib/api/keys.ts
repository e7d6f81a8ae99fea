import * as v from 'valibot';
import { bytesSchema, bytesUpTo, numberTextSchema, wholeSchema } from './bytes.ts';
import { instantSchema, uuidSchema } from './ids.ts';
import { rosterPostSchema } from './rosters.ts';

/** The most bytes that the U envelope of a bundle may have. */
export const MOST_BUNDLE_BYTES = 128 * 1024;
/** The most bytes of JSON that keys may come in, with the first roster of every entity of the person. */
export const MOST_KEYS_BYTES = 4 * 1024 * 1024;
/** How many rosters may come with keys: more than a person may have entities. */
export const MOST_ROSTERS = 250;

/** nonce(12), the account key (32) under AES-256-GCM, tag(16). */
const wrappedKeySchema = bytesSchema(12 + 32 + 16);

/** Argon2id's memory in KiB, passes and lanes, between the floor and the ceiling of version 1. */
export const paramsSchema = v.strictTuple(
	[wholeSchema(65_536, 1_048_576), wholeSchema(3, 16), wholeSchema(1, 16)],
	'must be three numbers: memory in KiB, passes, lanes'
);

/** What opens the account key: with the encryption password, and with the recovery code where there is one. */
export const slotsSchema = slotsWith(paramsSchema);

/** The same as it is answered: what the numbers may be `lib/crypto` holds before deriving, and says in words of its own. */
const servedSlotsSchema = slotsWith(v.strictTuple([v.number(), v.number(), v.number()]));

function slotsWith<Params extends v.GenericSchema<[number, number, number]>>(params: Params) {
	return v.object(
		{
			password: v.object(
				{ salt: bytesSchema(16), params, token: bytesSchema(32), accountKey: wrappedKeySchema },
				'must be an object'
			),
			recovery: v.optional(
				v.object({ salt: bytesSchema(16), token: bytesSchema(32), accountKey: wrappedKeySchema }, 'must be an object')
			)
		},
		'must be an object'
	);
}

/** The public keys of a person: X-Wing and Ed25519. */
export const identitySchema = v.object({ kem: bytesSchema(1216), sign: bytesSchema(32) }, 'must be an object');

/** Old identity hash(32), new identity (1248), time u64, and the signatures of the old and the new key. */
export const successionSchema = bytesSchema(32 + 1248 + 8 + 64 + 64);

/** A bundle as its U envelope: key number 0, revision = version. The server seals its own layer over it. */
export const bundleSchema = v.object(
	{ version: wholeSchema(1), sealed: bytesUpTo(MOST_BUNDLE_BYTES) },
	'must be an object'
);

/** A reset without the old password that was asked for: when, and from when on it may be finished. */
export const resetSchema = v.object({ asked: instantSchema, due: instantSchema });

/** Keys as a person gets their own; with `?version=` an earlier one that is kept aside. */
export const keysAnswerSchema = v.object({
	version: wholeSchema(1),
	slots: servedSlotsSchema,
	identity: identitySchema,
	/** When this version was put. */
	at: instantSchema,
	reset: v.nullable(resetSchema)
});

/**
 * What a person gets who has no keys: that there are none, in so many words. A 404 would not tell it from an answer of
 * something else than the server, and browsers write one into their console.
 */
export const noKeysSchema = v.strictObject({ version: v.literal(0) });
export const ownKeysSchema = v.union([keysAnswerSchema, noKeysSchema]);

/**
 * New keys: version 1 turns user encryption on, each later one follows the current. The same identity changes slots only;
 * another comes with a succession statement, or without one where a reset is due.
 */
export const putKeysSchema = v.object(
	{
		version: wholeSchema(1),
		slots: slotsSchema,
		identity: identitySchema,
		succession: v.optional(successionSchema),
		bundle: bundleSchema,
		rosters: v.pipe(
			v.array(rosterPostSchema, 'must be a list'),
			v.maxLength(MOST_ROSTERS, `holds at most ${MOST_ROSTERS} rosters`)
		)
	},
	'must be an object'
);

/** What a device makes of a PIN to be given the share for it; nobody learns the PIN from it without the device's salt. */
export const pinVerifierSchema = v.object({ verifier: bytesSchema(32) }, 'must be an object');
/** Half of what opens the account key on the device that has the PIN. */
export const pinShareSchema = v.object({ share: bytesSchema(32) });

/** `version`: an earlier one that is kept aside; the current one where it is not said. */
export const keysQuerySchema = v.object({ version: v.optional(numberTextSchema) });
/** `version`: an earlier one; `keys`: the newest that was put under that version of the keys. */
export const bundleQuerySchema = v.object({
	version: v.optional(numberTextSchema),
	keys: v.optional(numberTextSchema)
});
export const identitiesQuerySchema = v.object({ user: uuidSchema });

/** Every identity that a person had, oldest first; a client takes from it only what hashes to a pin or a roster's row. */
export const identitiesAnswerSchema = v.object({
	identities: v.array(v.object({ ...identitySchema.entries, at: instantSchema })),
	successions: v.array(successionSchema)
});

export type Slots = v.InferOutput<typeof slotsSchema>;
export type Identity = v.InferOutput<typeof identitySchema>;
export type BundleText = v.InferOutput<typeof bundleSchema>;
export type KeysReset = v.InferOutput<typeof resetSchema>;
export type KeysAnswer = v.InferOutput<typeof keysAnswerSchema>;
export type NoKeys = v.InferOutput<typeof noKeysSchema>;
export type PutKeys = v.InferInput<typeof putKeysSchema>;
export type IdentitiesAnswer = v.InferOutput<typeof identitiesAnswerSchema>;
