import { randomUUID } from 'node:crypto';
import type { Config } from '../../src/lib/api/config.ts';
import type { EntitiesAnswer } from '../../src/lib/api/entity.ts';
import type { Domain } from '../../src/lib/api/ids.ts';
import { plainName } from '../../src/lib/api/plain-objects.ts';
import type { PutKeys } from '../../src/lib/api/keys.ts';
import type { Change, PullAnswer, PullRequest, PushAnswer } from '../../src/lib/api/record.ts';
import type { RecordBody } from '../../src/lib/kinds/record-body.ts';
import type { Newcomer } from '../stage/newcomer.ts';

/** The interface as one signed-in person, for laying what a screen is to show. */
export interface PersonApi {
	/** The person's id. */
	user: string;
	/** Makes an entity; gives its id. */
	createEntity(name: string): Promise<string>;
	/** Turns user encryption on, with keys that were drawn beside the browser. */
	putKeys(keys: PutKeys): Promise<void>;
	/** Ids of the person's entities. */
	entities(): Promise<string[]>;
	/** What the records of finances the server has are called: their `name`, else their `payee`. */
	names(entity: string): Promise<unknown[]>;
	/** Writes new records of a domain, finances where none is said, 500 a push; gives their ids, in order. */
	write(entity: string, bodies: readonly RecordBody[], domain?: Domain): Promise<string[]>;
	/** Stores a plain attachment, whatever is in it; gives its signed URL. */
	storePlain(entity: string, bytes: Uint8Array<ArrayBuffer>): Promise<string>;
	/** Posts to any path of the server with the person's token; throws with the status where that is refused. */
	post(path: string, body: unknown): Promise<unknown>;
	/** Every record of finances, as a pull gives it. */
	pull(entity: string): Promise<PullAnswer['records']>;
}

/** Signs a person in beside the browser. */
export async function personApi(url: string, person: Newcomer): Promise<PersonApi> {
	return enter(url, person, 'token?grant_type=password');
}

/** Creates a person's account beside the browser, and signs in there. */
export async function newPersonApi(url: string, person: Newcomer): Promise<PersonApi> {
	return enter(url, person, 'signup');
}

async function enter(url: string, person: Newcomer, by: string): Promise<PersonApi> {
	const config = (await (await fetch(`${url}/api/config`)).json()) as Config;
	const entered = await fetch(new URL(`${config.supabaseUrl}/auth/v1/${by}`, url), {
		method: 'POST',
		headers: { 'content-type': 'application/json', apikey: config.publishableKey },
		body: JSON.stringify(person)
	});
	const { access_token: token, user } = (await entered.json()) as { access_token: string; user: { id: string } };

	const signed = { authorization: `Bearer ${token}`, apikey: config.publishableKey };

	async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
		const headers = { ...signed, 'content-type': 'application/json' };
		const answer = await fetch(`${url}${path}`, { method, headers, body: JSON.stringify(body) });
		if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
		return (await answer.json()) as T;
	}

	async function pull(entity: string): Promise<PullAnswer['records']> {
		const records: PullAnswer['records'] = [];
		const request: PullRequest = { entity, after: { finances: '0' } };
		for (let more = true; more;) {
			const page = await call<PullAnswer>('POST', '/api/records/pull', request);
			records.push(...page.records);
			request.after = page.after;
			more = page.more;
		}
		return records;
	}

	return {
		user: user.id,
		async createEntity(name) {
			const made = await call<EntitiesAnswer>('POST', '/api/entities', { kind: 'person', name });
			return made.entities[0]?.id ?? '';
		},
		async putKeys(keys) {
			await call('PUT', '/api/keys', keys);
		},
		async entities() {
			const { entities } = await call<EntitiesAnswer>('GET', '/api/entities');
			return entities.map(({ id }) => id);
		},
		async names(entity) {
			return (await pull(entity)).map(({ plain }) => plain?.values.name ?? plain?.values.payee);
		},
		async write(entity, bodies, domain = 'finances') {
			const changes: Change[] = bodies.map((plain) => ({
				...{ change: randomUUID(), id: randomUUID(), domain, base: '0', plain }
			}));
			for (let from = 0; from < changes.length; from += 500) {
				const batch = changes.slice(from, from + 500);
				const { results } = await call<PushAnswer>('POST', '/api/records/push', { entity, changes: batch });
				const refused = results.find(({ status }) => status !== 'accepted');
				if (refused) throw new Error(`not accepted: ${JSON.stringify(refused)}`);
			}
			return changes.map(({ id }) => id);
		},
		async storePlain(entity, bytes) {
			const storage = new URL(`${config.supabaseUrl}/storage/v1`, url).href;
			const name = plainName({ entity, kind: 'attachment', id: randomUUID() });
			const post = (path: string, type: string, body: BodyInit) =>
				fetch(`${storage}/object/${path}`, { method: 'POST', headers: { ...signed, 'content-type': type }, body });
			await post(`plain/${name}`, 'application/octet-stream', bytes);
			const answer = await post(`sign/plain/${name}`, 'application/json', JSON.stringify({ expiresIn: 60 }));
			return `${storage}${((await answer.json()) as { signedURL: string }).signedURL}`;
		},
		post: (path, body) => call('POST', path, body),
		pull
	};
}

/** A body of a kind, made now. */
export function bodyOf(kind: string, values: Record<string, unknown>): RecordBody {
	return { kind, version: 1, values, meta: { at: new Date().toISOString() } };
}
