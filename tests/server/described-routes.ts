import * as v from 'valibot';
import { expect } from 'vitest';
import { problemSchema } from '../../src/lib/api/problem.ts';
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

/** The address of a route with its parameters: those that have no place in the path go into the query. */
export function fill(path: string, params: { [name: string]: string } = {}): string {
	const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
	const rest = Object.entries(params).filter(([name]) => !path.includes(`{${name}}`));
	return rest.length === 0 ? filled : `${filled}?${new URLSearchParams(rest).toString()}`;
}

/** The problem (RFC 9457) that an answer carries. */
export async function problemIn(answer: Response): Promise<v.InferOutput<typeof problemSchema>> {
	expect(answer.headers.get('content-type')).toBe('application/problem+json');
	const problem = v.parse(problemSchema, await answer.json());
	expect(problem.status).toBe(answer.status);
	expect(problem.type).toMatch(/^\/problems\/[a-z-]+\/[a-z-]+$/);
	return problem;
}
