import * as v from 'valibot';
import type { Route } from './route.ts';
import { uuidSchema } from './ids.ts';
import {
	addPasskeySchema,
	enrollPasskeyAnswerSchema,
	renamePasskeySchema,
	showPasskeySchema,
	stepByPasskeyAnswerSchema
} from './passkeys.ts';
import {
	disableSchema,
	elevationSchema,
	enrollAnswerSchema,
	recoverSchema,
	recoveryCodesSchema,
	twoFactorSchema,
	verifySchema
} from './two-factor.ts';

const onePasskey = v.object({ id: uuidSchema });

/** The routes of two-step verification. */
export const twoFactorRoutes = {
	getTwoFactor: {
		method: 'GET',
		path: '/api/two-factor',
		summary: 'Whether two-step verification is on, and whether this session has shown its code',
		token: true,
		beforeStep: true,
		budget: 'read',
		status: 200,
		answer: twoFactorSchema
	},
	enrollTwoFactor: {
		method: 'POST',
		path: '/api/two-factor/enroll',
		summary: 'Draw a secret for an app that makes codes; its first code turns two-step verification on',
		token: true,
		budget: 'highRisk',
		status: 200,
		answer: enrollAnswerSchema
	},
	confirmTwoFactor: {
		method: 'POST',
		path: '/api/two-factor/confirm',
		summary: 'Turn two-step verification on by the first code; the recovery codes are told this once',
		token: true,
		budget: 'highRisk',
		body: verifySchema,
		status: 200,
		answer: recoveryCodesSchema
	},
	verifyTwoFactor: {
		method: 'POST',
		path: '/api/two-factor/verify',
		summary: 'Show a code: the session reads and writes for 12 hours',
		token: true,
		beforeStep: true,
		budget: 'highRisk',
		body: verifySchema,
		status: 200,
		answer: elevationSchema
	},
	recoverTwoFactor: {
		method: 'POST',
		path: '/api/two-factor/recovery',
		summary: 'Show a recovery code instead; each is good once',
		token: true,
		beforeStep: true,
		budget: 'highRisk',
		body: recoverSchema,
		status: 200,
		answer: elevationSchema
	},
	renewRecoveryCodes: {
		method: 'POST',
		path: '/api/two-factor/regenerate',
		summary: 'Put ten other recovery codes in the place of those before; they are told this once',
		token: true,
		budget: 'highRisk',
		status: 200,
		answer: recoveryCodesSchema
	},
	disableTwoFactor: {
		method: 'POST',
		path: '/api/two-factor/disable',
		summary: 'Turn two-step verification off by a fresh code, a passkey or a recovery code',
		token: true,
		budget: 'highRisk',
		body: disableSchema,
		status: 204,
		answer: null
	},
	enrollPasskey: {
		method: 'POST',
		path: '/api/two-factor/passkeys/options',
		summary: 'What a browser is to make a passkey with; holds for five minutes and one answer',
		token: true,
		budget: 'highRisk',
		status: 200,
		answer: enrollPasskeyAnswerSchema
	},
	addPasskey: {
		method: 'POST',
		path: '/api/two-factor/passkeys',
		summary:
			'Add the passkey that a browser made; the first step turns two-step verification on and tells recovery codes',
		token: true,
		budget: 'highRisk',
		body: addPasskeySchema,
		status: 200,
		answer: recoveryCodesSchema
	},
	renamePasskey: {
		method: 'PATCH',
		path: '/api/two-factor/passkeys/{id}',
		summary: 'Give a passkey another name',
		token: true,
		budget: 'sensitive',
		params: onePasskey,
		body: renamePasskeySchema,
		status: 204,
		answer: null
	},
	removePasskey: {
		method: 'DELETE',
		path: '/api/two-factor/passkeys/{id}',
		summary: 'Remove a passkey; without it and without an app two-step verification is off',
		token: true,
		budget: 'highRisk',
		params: onePasskey,
		status: 204,
		answer: null
	},
	askPasskey: {
		method: 'POST',
		path: '/api/two-factor/passkey/options',
		summary: 'What a passkey is to sign to show the second step; holds for five minutes and one answer',
		token: true,
		beforeStep: true,
		// Asking guesses nothing: the five tries a minute are for what is shown.
		budget: 'sensitive',
		status: 200,
		answer: stepByPasskeyAnswerSchema
	},
	verifyPasskey: {
		method: 'POST',
		path: '/api/two-factor/passkey',
		summary: 'Show what a passkey signed: the session reads and writes for 12 hours',
		token: true,
		beforeStep: true,
		budget: 'highRisk',
		body: showPasskeySchema,
		status: 200,
		answer: elevationSchema
	}
} as const satisfies { [name: string]: Route };
