import { toJsonSchema } from '@valibot/to-json-schema';
import type * as v from 'valibot';
import { PROBLEM_TYPE, problemSchema } from '../../api/problem.ts';
import { routes } from '../../api/routes.ts';
import type { Route } from '../../api/routes.ts';
import packageJson from '../../../../package.json' with { type: 'json' };

type Described = { openapi: string; [member: string]: unknown };
type JsonSchema = { [keyword: string]: unknown };

let described: Described | undefined;

/** The description of the thin server's interface (OpenAPI 3.1), written from the table of routes. */
export function describeRoutes(): Described {
	described ??= write();
	return described;
}

function write(): Described {
	const paths: { [path: string]: { [method: string]: unknown } } = {};
	for (const [name, route] of Object.entries(routes)) {
		paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operationOf(name, route) };
	}
	return {
		openapi: '3.1.0',
		info: {
			title: 'Arca',
			version: packageJson.version,
			license: { name: 'AGPL-3.0-only', identifier: 'AGPL-3.0-only' }
		},
		paths,
		components: {
			securitySchemes: { session: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
			schemas: { Problem: jsonSchema(problemSchema, 'output') }
		}
	};
}

function operationOf(name: string, route: Route): object {
	const problem = { content: { [PROBLEM_TYPE]: { schema: { $ref: '#/components/schemas/Problem' } } } };
	const bytes = { content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } };
	const success = route.gives
		? bytes
		: route.answer
			? { content: { 'application/json': { schema: jsonSchema(route.answer, 'output') } } }
			: {};
	return {
		operationId: name,
		summary: route.summary,
		security: route.token ? [{ session: [] }] : [],
		...(route.params || route.query
			? { parameters: [...parametersOf('path', route.params), ...parametersOf('query', route.query)] }
			: {}),
		...(route.takes ? { requestBody: { required: true, ...bytes } } : {}),
		...(route.body
			? {
					requestBody: { required: true, content: { 'application/json': { schema: jsonSchema(route.body, 'input') } } }
				}
			: {}),
		responses: {
			[route.status]: { description: 'As asked', ...success },
			default: { description: 'A problem (RFC 9457)', ...problem }
		}
	};
}

function parametersOf(place: 'path' | 'query', schema?: v.GenericSchema): object[] {
	if (!schema) return [];
	const { properties, required = [] } = jsonSchema(schema, 'input') as {
		properties: { [name: string]: JsonSchema };
		required?: string[];
	};
	return Object.entries(properties).map(([name, one]) => ({
		name,
		in: place,
		required: required.includes(name),
		schema: one
	}));
}

/** Rules that JSON Schema cannot say (a largest decimal, canonical base64url) are left to the server. */
function jsonSchema(schema: v.GenericSchema, typeMode: 'input' | 'output'): JsonSchema {
	const { $schema: _, ...rest } = toJsonSchema(schema, {
		typeMode,
		errorMode: 'ignore',
		target: 'draft-2020-12',
		// The one custom schema: an object of whatever members.
		overrideSchema: ({ valibotSchema }) => (valibotSchema.type === 'custom' ? { type: 'object' } : undefined)
	});
	return rest;
}
