import * as v from 'valibot';
import { configSchema, healthSchema } from './config.ts';
import { contentRoutes } from './content-routes.ts';
import { createEntitySchema, entitiesAnswerSchema, updateEntitySchema } from './entity.ts';
import { uuidSchema } from './ids.ts';
import { exportRoutes } from './exports.ts';
import { keyRoutes } from './key-routes.ts';
import {
	historyAnswerSchema,
	MOST_PUSH_BYTES,
	pullAnswerSchema,
	pullRequestSchema,
	pushAnswerSchema,
	pushRequestSchema
} from './record.ts';
import type { Route } from './route.ts';
import { reportRoutes } from './reports.ts';
import { sessionRoutes } from './sessions.ts';
import { twoFactorRoutes } from './two-factor-routes.ts';

export type { Budget, Route } from './route.ts';

type Schema = v.GenericSchema;

const oneEntity = v.object({ id: uuidSchema });

/** Every route of the thin server: used to check, to type the client and to write the OpenAPI description. */
export const routes = {
	health: {
		method: 'GET',
		path: '/api/health',
		summary: 'Whether the server is well, and which one it is',
		token: false,
		budget: 'open',
		status: 200,
		answer: healthSchema
	},
	config: {
		method: 'GET',
		path: '/api/config',
		summary: 'Where to sign in, and the limits to keep to',
		token: false,
		budget: 'open',
		status: 200,
		answer: configSchema
	},
	openapi: {
		method: 'GET',
		path: '/api/openapi.json',
		summary: 'This description',
		token: false,
		budget: 'open',
		status: 200,
		answer: v.looseObject({ openapi: v.string() })
	},
	listEntities: {
		method: 'GET',
		path: '/api/entities',
		summary: 'The entities of the person',
		token: true,
		budget: 'read',
		status: 200,
		answer: entitiesAnswerSchema
	},
	createEntity: {
		method: 'POST',
		path: '/api/entities',
		summary: 'Make an entity, whose owner the person becomes',
		token: true,
		budget: 'write',
		body: createEntitySchema,
		status: 201,
		answer: entitiesAnswerSchema
	},
	updateEntity: {
		method: 'PATCH',
		path: '/api/entities/{id}',
		summary: 'Change the name, the kind or the identifying fields of an entity',
		token: true,
		budget: 'write',
		params: oneEntity,
		body: updateEntitySchema,
		status: 200,
		answer: entitiesAnswerSchema
	},
	deleteEntity: {
		method: 'DELETE',
		path: '/api/entities/{id}',
		summary: 'Delete an entity with everything in it',
		token: true,
		budget: 'sensitive',
		params: oneEntity,
		status: 204,
		answer: null
	},
	pullRecords: {
		method: 'POST',
		path: '/api/records/pull',
		summary: 'The records that changed since the given sequence of each domain',
		token: true,
		budget: 'pull',
		body: pullRequestSchema,
		status: 200,
		answer: pullAnswerSchema
	},
	pushRecords: {
		method: 'POST',
		path: '/api/records/push',
		summary: 'Write a batch of changes; each has its own result, in order',
		token: true,
		budget: 'push',
		bodyBytes: MOST_PUSH_BYTES,
		body: pushRequestSchema,
		status: 200,
		answer: pushAnswerSchema
	},
	readHistory: {
		method: 'GET',
		path: '/api/records/{entity}/{id}/history',
		summary: 'Earlier revisions of a record, newest first, kept for 30 days',
		token: true,
		budget: 'read',
		params: v.object({ entity: uuidSchema, id: uuidSchema }),
		status: 200,
		answer: historyAnswerSchema
	},
	...contentRoutes,
	...keyRoutes,
	...exportRoutes,
	...reportRoutes,
	...sessionRoutes,
	...twoFactorRoutes
} as const satisfies { [name: string]: Route };

export type RouteName = keyof typeof routes;

/** What a route takes as its body, for the typed client (undefined: nothing). */
export type BodyOf<N extends RouteName> = (typeof routes)[N] extends { takes: 'bytes' }
	? Uint8Array<ArrayBuffer>
	: (typeof routes)[N] extends { body: infer S extends Schema }
		? v.InferInput<S>
		: undefined;

/** What a route takes in its query string, for the typed client (undefined: nothing). */
export type QueryOf<N extends RouteName> = (typeof routes)[N] extends { query: infer S extends Schema }
	? v.InferInput<S>
	: undefined;

/** What a route answers with (null: nothing). */
export type AnswerOf<N extends RouteName> = (typeof routes)[N] extends { gives: 'bytes' }
	? Uint8Array<ArrayBuffer>
	: (typeof routes)[N]['answer'] extends infer S
		? S extends Schema
			? v.InferOutput<S>
			: null
		: never;
