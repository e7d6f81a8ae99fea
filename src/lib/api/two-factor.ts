import * as v from 'valibot';
import { instantSchema } from './ids.ts';
import { passkeySchema, showPasskeySchema } from './passkeys.ts';

/** A code of the person's app: six digits. */
export const codeSchema = v.pipe(v.string('must be text'), v.regex(/^[0-9]{6}$/, 'must be six digits'));

/** A recovery code as it was typed; what it is read from is left to the server. */
const recoveryCodeSchema = v.pipe(
	v.string('must be text'),
	v.minLength(1, 'must not be empty'),
	v.maxLength(100, 'is too long')
);

export const verifySchema = v.object({ code: codeSchema });
export const recoverSchema = v.object({ recoveryCode: recoveryCodeSchema });

/** Turning it off takes one of the three. */
export const disableSchema = v.union(
	[verifySchema, recoverSchema, v.object({ passkey: showPasskeySchema })],
	'must be a code, a recoveryCode or a passkey'
);

/** How the person and this session stand to two-step verification. */
export const twoFactorSchema = v.object({
	/** Whether this server can turn it on. */
	available: v.boolean(),
	on: v.boolean(),
	since: v.optional(instantSchema),
	/** Whether this session has no second step left to show. */
	done: v.boolean(),
	/** Whole seconds that no code is taken for, after wrong ones; 0 where one is. */
	wait: v.number(),
	/** Whether an app makes codes. */
	app: v.boolean(),
	/** How many passkeys there are. */
	passkeys: v.number(),
	/** The passkeys, first the one that was added first; told once the second step was shown. */
	named: v.optional(v.array(passkeySchema)),
	/** Recovery codes that were not used; told once the second step was shown. */
	codes: v.optional(v.number())
});

/** What an app needs to make codes: typed (base32), or scanned (`otpauth://`). Told once. */
export const enrollAnswerSchema = v.object({ secret: v.string(), uri: v.string() });

/** Ten recovery codes, told this once; none where there were some before. */
export const recoveryCodesSchema = v.object({ codes: v.array(v.string()) });

/** Until when the session need not show its second step again. */
export const elevationSchema = v.object({ until: instantSchema });

export type StepShown = v.InferOutput<typeof disableSchema>;
export type TwoFactor = v.InferOutput<typeof twoFactorSchema>;
export type EnrollAnswer = v.InferOutput<typeof enrollAnswerSchema>;
export type RecoveryCodes = v.InferOutput<typeof recoveryCodesSchema>;
export type Elevation = v.InferOutput<typeof elevationSchema>;
