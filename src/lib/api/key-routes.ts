import { MOST_PUSH_BYTES } from './record.ts';
import {
	bundleQuerySchema,
	bundleSchema,
	identitiesAnswerSchema,
	identitiesQuerySchema,
	keysAnswerSchema,
	keysQuerySchema,
	MOST_BUNDLE_BYTES,
	MOST_KEYS_BYTES,
	ownKeysSchema,
	pinShareSchema,
	pinVerifierSchema,
	putKeysSchema,
	resetSchema
} from './keys.ts';
import { resealAnswerSchema, resealRequestSchema, staleAnswerSchema, staleRequestSchema } from './reseal.ts';
import type { Route } from './route.ts';
import {
	grantsAnswerSchema,
	grantsQuerySchema,
	MOST_ROSTER_POST_BYTES,
	postGrantsSchema,
	rosterAnswerSchema,
	rosterPostSchema,
	rostersAnswerSchema,
	rostersQuerySchema
} from './rosters.ts';

/** The routes of user encryption: keys of a person, rosters and grants of an entity, sealing bodies anew. */
export const keyRoutes = {
	getKeys: {
		method: 'GET',
		path: '/api/keys',
		summary: "The person's wrapped keys; version 0 and nothing else where user encryption is off",
		token: true,
		budget: 'read',
		query: keysQuerySchema,
		status: 200,
		answer: ownKeysSchema
	},
	putKeys: {
		method: 'PUT',
		path: '/api/keys',
		summary: 'Turn user encryption on, or replace the keys; 409 with the current ones when another device was first',
		token: true,
		budget: 'sensitive',
		bodyBytes: MOST_KEYS_BYTES,
		body: putKeysSchema,
		status: 200,
		answer: keysAnswerSchema
	},
	eraseKeptKeys: {
		method: 'DELETE',
		path: '/api/keys/kept',
		summary: 'Erase the keys and bundles that were set aside more than a day ago',
		token: true,
		budget: 'sensitive',
		status: 204,
		answer: null
	},
	askReset: {
		method: 'POST',
		path: '/api/keys/reset',
		summary: 'Ask to replace the keys without the encryption password, 24 hours from now',
		token: true,
		budget: 'sensitive',
		status: 200,
		answer: resetSchema
	},
	cancelReset: {
		method: 'DELETE',
		path: '/api/keys/reset',
		summary: 'Cancel a reset that was asked for',
		token: true,
		budget: 'sensitive',
		status: 204,
		answer: null
	},
	putPin: {
		method: 'PUT',
		path: '/api/keys/pin',
		summary: 'Have a share drawn that this session is given for its PIN, and for nothing else',
		token: true,
		budget: 'sensitive',
		body: pinVerifierSchema,
		status: 200,
		answer: pinShareSchema
	},
	tryPin: {
		method: 'POST',
		path: '/api/keys/pin',
		summary: 'Get the share for the right PIN; the fifth wrong one in a row destroys it and ends the session',
		token: true,
		budget: 'sensitive',
		body: pinVerifierSchema,
		status: 200,
		answer: pinShareSchema
	},
	removePin: {
		method: 'DELETE',
		path: '/api/keys/pin',
		summary: 'Destroy the share of this session',
		token: true,
		budget: 'sensitive',
		status: 204,
		answer: null
	},
	getBundle: {
		method: 'GET',
		path: '/api/bundle',
		summary: "The person's bundle, as its user layer",
		token: true,
		budget: 'read',
		query: bundleQuerySchema,
		status: 200,
		answer: bundleSchema
	},
	putBundle: {
		method: 'PUT',
		path: '/api/bundle',
		summary: 'Put the next version of the bundle; 409 with the current one when another device was first',
		token: true,
		budget: 'write',
		bodyBytes: 2 * MOST_BUNDLE_BYTES,
		body: bundleSchema,
		status: 200,
		answer: bundleSchema
	},
	listIdentities: {
		method: 'GET',
		path: '/api/identities',
		summary: 'Every public identity of oneself, or of somebody one shares an entity with',
		token: true,
		budget: 'read',
		query: identitiesQuerySchema,
		status: 200,
		answer: identitiesAnswerSchema
	},
	listRosters: {
		method: 'GET',
		path: '/api/rosters',
		summary: "An entity's chain of rosters, oldest first",
		token: true,
		budget: 'read',
		query: rostersQuerySchema,
		status: 200,
		answer: rostersAnswerSchema
	},
	postRoster: {
		method: 'POST',
		path: '/api/rosters',
		summary: 'Add the next roster with its grants; 409 with the newest one when another was first',
		token: true,
		budget: 'sensitive',
		bodyBytes: MOST_ROSTER_POST_BYTES,
		body: rosterPostSchema,
		status: 201,
		answer: rosterAnswerSchema
	},
	listGrants: {
		method: 'GET',
		path: '/api/grants',
		summary: "The person's own grants in an entity, of every generation that is kept",
		token: true,
		budget: 'read',
		query: grantsQuerySchema,
		status: 200,
		answer: grantsAnswerSchema
	},
	postGrants: {
		method: 'POST',
		path: '/api/grants',
		summary: 'Give members keys that the newest roster knows',
		token: true,
		budget: 'sensitive',
		bodyBytes: MOST_ROSTER_POST_BYTES,
		body: postGrantsSchema,
		status: 201,
		answer: grantsAnswerSchema
	},
	listStale: {
		method: 'POST',
		path: '/api/records/stale',
		summary: 'Bodies, current and earlier ones, whose generation is below a given one',
		token: true,
		budget: 'pull',
		body: staleRequestSchema,
		status: 200,
		answer: staleAnswerSchema
	},
	resealRecords: {
		method: 'POST',
		path: '/api/records/reseal',
		summary: 'Put bodies under another generation; each has its own result, in order',
		token: true,
		budget: 'push',
		bodyBytes: MOST_PUSH_BYTES,
		body: resealRequestSchema,
		status: 200,
		answer: resealAnswerSchema
	}
} as const satisfies { [name: string]: Route };
