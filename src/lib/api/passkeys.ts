import * as v from 'valibot';
import { instantSchema, uuidSchema } from './ids.ts';

/** Bytes as Web Authentication's JSON has them: base64url, at most so many letters. */
const bytesText = (most: number) =>
	v.pipe(
		v.string('must be text'),
		v.minLength(1, 'must not be empty'),
		v.maxLength(most, 'is too long'),
		v.regex(/^[A-Za-z0-9_-]+$/, 'must be base64url')
	);

/** A credential's id: 16 to 1,023 bytes (Web Authentication, section 5.8.3). */
const credentialIdSchema = v.pipe(bytesText(1364), v.minLength(16, 'is too short'));

const nameSchema = v.pipe(
	v.string('must be text'),
	v.trim(),
	v.minLength(1, 'must not be empty'),
	v.maxLength(60, 'is too long')
);

const typeSchema = v.literal('public-key', 'must be public-key');

/** How a browser reaches the device: `internal`, `hybrid`, `usb`, ... */
const transportsSchema = v.pipe(
	v.array(v.pipe(v.string('must be text'), v.regex(/^[a-z-]{1,20}$/, 'must be a transport')), 'must be a list'),
	v.maxLength(10, 'has too many')
);

/** A passkey as its person sees it. */
export const passkeySchema = v.object({
	id: uuidSchema,
	name: v.string(),
	at: instantSchema,
	/** When it last showed a step. */
	used: v.optional(instantSchema)
});

export const renamePasskeySchema = v.object({ name: nameSchema });

/** What a browser made (`RegistrationResponseJSON`), and what the person calls it. */
export const addPasskeySchema = v.object({
	name: nameSchema,
	made: v.object({
		id: credentialIdSchema,
		rawId: credentialIdSchema,
		type: typeSchema,
		response: v.object({
			clientDataJSON: bytesText(8_000),
			attestationObject: bytesText(40_000),
			transports: v.optional(transportsSchema)
		})
	})
});

/** What a passkey signed (`AuthenticationResponseJSON`). */
export const showPasskeySchema = v.object({
	id: credentialIdSchema,
	rawId: credentialIdSchema,
	type: typeSchema,
	response: v.object({
		clientDataJSON: bytesText(8_000),
		authenticatorData: bytesText(8_000),
		signature: bytesText(8_000)
	})
});

const knownSchema = v.array(
	v.object({ id: v.string(), type: v.literal('public-key'), transports: v.array(v.string()) })
);

/** `PublicKeyCredentialCreationOptionsJSON`, as far as it is used here. */
export const enrollPasskeyAnswerSchema = v.object({
	challenge: v.string(),
	rp: v.object({ id: v.string(), name: v.string() }),
	user: v.object({ id: v.string(), name: v.string(), displayName: v.string() }),
	pubKeyCredParams: v.array(v.object({ type: v.literal('public-key'), alg: v.number() })),
	/** Milliseconds. */
	timeout: v.number(),
	attestation: v.literal('none'),
	authenticatorSelection: v.object({ residentKey: v.literal('preferred'), userVerification: v.literal('preferred') }),
	/** Those there are: none of them is made twice. */
	excludeCredentials: knownSchema
});

/** `PublicKeyCredentialRequestOptionsJSON`, as far as it is used here. */
export const stepByPasskeyAnswerSchema = v.object({
	challenge: v.string(),
	rpId: v.string(),
	/** Milliseconds. */
	timeout: v.number(),
	userVerification: v.literal('preferred'),
	allowCredentials: knownSchema
});

export type Passkey = v.InferOutput<typeof passkeySchema>;
export type NewPasskey = v.InferOutput<typeof addPasskeySchema>;
export type ShownPasskey = v.InferOutput<typeof showPasskeySchema>;
export type PasskeyOptions = v.InferOutput<typeof enrollPasskeyAnswerSchema>;
export type PasskeyStepOptions = v.InferOutput<typeof stepByPasskeyAnswerSchema>;
