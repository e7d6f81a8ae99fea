import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { purgedBody } from '../../src/lib/api/purged-body.ts';
import type { HistoryAnswer, Plain } from '../../src/lib/api/record.ts';
import { startServer } from '../stage/server.ts';
import type { TestServer } from '../stage/server.ts';
import { Client, expense } from './client.ts';
import type { Account } from './client.ts';
import { testDatabase } from './test-database.ts';

let server: TestServer;
let client: Client;
let ana: Account;
let entity: string;

beforeAll(async () => {
	server = await startServer({ databaseUrl: await testDatabase() });
	client = await Client.of(server.url);
	ana = await client.signUp();
	entity = await client.createEntity(ana);
});
afterAll(() => server.stop());

const at = '2026-03-02T10:00:00.000Z';
const gone = purgedBody({ kind: 'expense', version: 1 }, at);

/** A new record in the bin, at revision 2; gives its id. */
async function binned(): Promise<string> {
	const { change: _, plain, ...first } = expense({ payee: 'Panadería Soler' });
	if (!plain) throw new Error('no body');
	await client.push(ana, entity, [{ change: randomUUID(), plain, ...first }]);
	const deleted = { ...plain, meta: { at, deleted: true } };
	await client.push(ana, entity, [{ ...first, change: randomUUID(), base: '1', plain: deleted }]);
	return first.id;
}

const revise = async (id: string, base: string, plain: Plain) => {
	const { results } = await client.push(ana, entity, [{ change: randomUUID(), id, domain: 'finances', base, plain }]);
	return results[0];
};
const history = async (id: string) =>
	(await client.must<HistoryAnswer>('GET', `/api/records/${entity}/${id}/history`, { token: ana.token })).records;

test('a record deleted for good leaves a row that says so, and no earlier versions', async () => {
	const id = await binned();
	expect((await history(id)).map(({ rev, state }) => `${rev} ${state}`)).toEqual(['1 live']);
	expect(await revise(id, '2', gone)).toMatchObject({ status: 'accepted', rev: '3' });
	expect(await history(id)).toEqual([]);
	const row = (await client.pullAll(ana, entity)).find((one) => one.id === id);
	expect(row).toMatchObject({ rev: '3', state: 'purged', author: ana.id, plain: gone });
	expect(JSON.stringify(row)).not.toContain('Soler');
});

test.each<[string, Plain]>([
	['a value', { ...gone, values: { payee: 'Panadería Soler' } }],
	['where it came from', { ...gone, meta: { ...gone.meta, source: { name: 'bank.csv' } } }],
	['a member of its own', { ...gone, note: 'Soler' }],
	['that it is in no bin', { ...gone, meta: { at, purged: true } }]
])('what would delete a record for good and still says something is refused: %s', async (_name, plain) => {
	const id = await binned();
	expect(await revise(id, '2', plain)).toMatchObject({
		status: 'invalid',
		problem: { errors: [{ pointer: '#/plain' }] }
	});
	expect((await history(id)).map(({ rev }) => rev)).toEqual(['1']);
});
