import { expect } from 'vitest';
import type { JsonSchema } from './bad-inputs.ts';
import type { Client } from './client.ts';

interface Operation {
	operationId: string;
	security: object[];
	parameters?: { name: string; in: string; schema: JsonSchema }[];
	requestBody?: { content: { 'application/json'?: { schema: JsonSchema } } };
	responses: { [status: string]: object };
}

/** A route as the server's own description tells it. */
export interface Route extends Operation {
	method: string;
	path: string;
}

/** Every route of the description that the server gives. */
export async function describedRoutes(client: Client): Promise<Route[]> {
	const description = await client.must<{
		openapi: string;
		paths: { [path: string]: { [method: string]: Operation } };
	}>('GET', '/api/openapi.json');
	expect(description.openapi).toBe('3.1.0');
	return Object.entries(description.paths).flatMap(([path, methods]) =>
		Object.entries(methods).map(([method, operation]) => ({ ...operation, method: method.toUpperCase(), path }))
	);
}
