import type { Route } from './route.ts';
import {
	disableSchema,
	elevationSchema,
	enrollAnswerSchema,
	recoverSchema,
	recoveryCodesSchema,
	twoFactorSchema,
	verifySchema
} from './two-factor.ts';

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
		summary: 'Turn two-step verification off by a fresh code or a recovery code',
		token: true,
		budget: 'highRisk',
		body: disableSchema,
		status: 204,
		answer: null
	}
} as const satisfies { [name: string]: Route };
