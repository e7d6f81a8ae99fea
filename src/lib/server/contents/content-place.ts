import type { Arca } from '../arca.ts';
import type { Person } from '../backend/backend.ts';
import { callFunction } from '../backend/call-function.ts';
import type { ProblemName } from '../http/refusal.ts';
import type { PartPlace } from '../system-layer/index.ts';

/** Where a part belongs, and the generation of its domain's key when the content was opened (null: no user layer). */
export interface FoundPart extends PartPlace {
	generation: number | null;
}

/** What the codes of the functions of contents stand for. */
export const contentProblems: { readonly [code: string]: ProblemName } = {
	PT404: 'content/not-found',
	PT409: 'content/not-open'
};

/**
 * Asks the database where a part belongs that the person is about to store (`begin_part`) or fetch (`read_content`).
 * @throws Refusal when the person may not, or there is no such content; a full entity is one too.
 */
export async function findPart(
	{ backend }: Arca,
	person: Person,
	verb: 'begin_part' | 'read_content',
	{ id, n }: { id: string; n: string }
): Promise<FoundPart> {
	const part = Number(n);
	const found = await callFunction(backend, person, verb, { content: id, part }, contentProblems);
	const { entity, domain, generation } = found as { entity: string; domain: string; generation: number | null };
	return { entity, domain, content: id, part, generation };
}

/** Below `/storage/v1`: the object that holds a part. */
export function objectOf({ entity, domain, content, part }: PartPlace): string {
	return `/object/sealed/${entity}/${domain}/sealed/${content}/${String(part).padStart(4, '0')}`;
}

/** Asks storage as the person; row-level security decides there as everywhere. */
export function askStorage(
	{ backend }: Arca,
	{ token }: Person,
	path: string,
	init: RequestInit & { headers?: { [name: string]: string } } = {}
): Promise<Response> {
	const headers = { apikey: backend.publishableKey, authorization: `Bearer ${token}`, ...init.headers };
	return backend.fetch(`/storage/v1${path}`, { ...init, headers });
}
