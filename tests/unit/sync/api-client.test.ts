import { expect, test } from 'vitest';
import { ApiError } from '../../../src/lib/sync/api-error.ts';
import { MAXIMUM_TRIES, retryAfter } from '../../../src/lib/sync/retry-delay.ts';
import { EPOCH, ENTITY } from './changes.ts';
import { fakeServer, problem } from './fake-server.ts';

const entities = { entities: [] };
const draft = { kind: 'person', name: 'Ana' } as const;

async function failure(work: Promise<unknown>): Promise<ApiError> {
	const error: unknown = await work.then(
		() => null,
		(reason: unknown) => reason
	);
	expect(error).toBeInstanceOf(ApiError);
	return error as ApiError;
}

test('a request carries the token, and its answer is checked against the schema', async () => {
	const { client, sent } = fakeServer(() => entities);
	expect(await client.call('listEntities')).toEqual(entities);
	expect(sent).toEqual([{ method: 'GET', path: '/api/entities', text: '', token: 'Bearer token' }]);
});

test('an answer that is not what the interface promises is an error, not data', async () => {
	const { client } = fakeServer(() => ({ entities: [{ id: 'not an id' }] }));
	expect((await failure(client.call('listEntities'))).code).toBe('sync/bad-answer');
});

test('path parameters are written as one segment', async () => {
	const { client, sent } = fakeServer(() => new Response(null, { status: 204 }));
	expect(await client.call('deleteEntity', { params: { id: '../config' } })).toBe(null);
	expect(sent[0]?.path).toBe('/api/entities/..%2Fconfig');
});

test('parameters of the query are written into the address, but for those that are not said', async () => {
	const { client, sent } = fakeServer(() => ({ rosters: [], more: false }));
	await client.call('listRosters', { query: { entity: ENTITY, from: undefined, epoch: '2' } });
	await client.call('listRosters', { query: { entity: '&a=b' } });
	expect(sent.map(({ path }) => path)).toEqual([
		`/api/rosters?entity=${ENTITY}&epoch=2`,
		'/api/rosters?entity=%26a%3Db'
	]);
});

test('on 401 the token is refreshed once and the same request sent again', async () => {
	const { client, sent, tokens } = fakeServer((_, number) => (number === 0 ? problem(401, 'auth/expired') : entities));
	await client.call('listEntities');
	expect(sent.map((request) => request.token)).toEqual(['Bearer token', 'Bearer fresh-token']);
	expect(tokens).toEqual([undefined, true]);
});

test('a second 401 is final', async () => {
	const { client, sent } = fakeServer(() => problem(401, 'auth/revoked'));
	const error = await failure(client.call('listEntities'));
	expect([error.code, error.status, sent.length]).toEqual(['auth/revoked', 401, 2]);
});

test('429 is waited out as Retry-After says, also where a request may otherwise not be repeated', async () => {
	const busy = () => problem(429, 'limits/too-many', { 'retry-after': '7' });
	const { client, sent, waits } = fakeServer((_, number) => (number < 2 ? busy() : entities));
	await client.call('createEntity', { body: draft });
	expect(sent.length).toBe(3);
	expect(waits).toEqual([7000, 7000]);
});

test('a lost answer is asked for again, byte for byte, with growing waits and an end', async () => {
	const { client, sent, waits } = fakeServer(() => 'lost');
	const body = { entity: ENTITY, after: { finances: '0' } } as const;
	const error = await failure(client.call('pullRecords', { body }));
	expect([error.code, error.passing]).toEqual(['sync/unreachable', true]);
	expect(sent.length).toBe(MAXIMUM_TRIES);
	expect(new Set(sent.map((request) => request.text)).size).toBe(1);
	expect(waits.every((wait, place) => place === 0 || wait > (waits[place - 1] ?? 0) * 0.75)).toBe(true);
});

test('making an entity is not repeated when its answer is lost', async () => {
	const { client, sent } = fakeServer(() => 'lost');
	await failure(client.call('createEntity', { body: draft }));
	expect(sent.length).toBe(1);
});

test('a refusal is told with its code and fields, at once', async () => {
	const errors = [{ pointer: '#/name', detail: 'must not be empty' }];
	const body = JSON.stringify({ type: '/problems/request/invalid', title: 'No', status: 400, detail: 'Bad', errors });
	const { client, sent } = fakeServer(() => new Response(body, { status: 400 }));
	const error = await failure(client.call('createEntity', { body: draft }));
	expect(error).toMatchObject({ code: 'request/invalid', status: 400, detail: 'Bad', errors, passing: false });
	expect(sent.length).toBe(1);
});

test('a page of a proxy in place of an answer is an error by its status', async () => {
	const { client } = fakeServer(() => new Response('<h1>Bad gateway</h1>', { status: 418 }));
	expect((await failure(client.call('listEntities'))).code).toBe('http/418');
});

test('work that is stopped ends with the reason it was stopped for', async () => {
	const stop = new AbortController();
	const { client } = fakeServer(() => {
		stop.abort(new Error('enough'));
		return 'lost';
	});
	const body = { entity: ENTITY, after: { finances: '0' } } as const;
	await expect(client.call('pullRecords', { body, signal: stop.signal })).rejects.toThrow('enough');
});

test('unknown members of an answer do no harm', async () => {
	const page = { records: [], after: { finances: '0' }, more: false, epoch: EPOCH, restoredFrom: null, novelty: true };
	const { client } = fakeServer(() => page);
	const body = { entity: ENTITY, after: { finances: '0' } } as const;
	expect(await client.call('pullRecords', { body })).toMatchObject({ more: false });
});

test('Retry-After is read as seconds and as a date, and never parks a save for long', () => {
	const now = Date.parse('2026-01-01T00:00:00Z');
	expect(retryAfter('3', now)).toBe(3000);
	expect(retryAfter('Thu, 01 Jan 2026 00:00:30 GMT', now)).toBe(30_000);
	expect(retryAfter('Thu, 01 Jan 2025 00:00:30 GMT', now)).toBe(0);
	expect(retryAfter('86400', now)).toBe(120_000);
	expect(retryAfter('soon', now)).toBe(null);
	expect(retryAfter(null, now)).toBe(null);
});
