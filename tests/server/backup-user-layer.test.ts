// Row 24 of the attacks, on bodies under a user layer: what whoever has an archive learns of them.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Change } from '../../src/lib/api/record.ts';
import { bodyKey } from '../../src/lib/crypto/domain-key.ts';
import { openBody } from '../../src/lib/crypto/seal-records.ts';
import { writeNewIdentity } from '../../src/lib/server/backup/age-keys.ts';
import { readArchive } from '../../src/lib/server/backup/read-archive.ts';
import { parseSystemKeys, SystemLayer } from '../../src/lib/server/system-layer/index.ts';
import { searchFor } from '../secrets/find-secrets.ts';
import type { Search } from '../secrets/find-secrets.ts';
import { startServer } from '../stage/server.ts';
import { raisedLimits } from '../stage/shared-server.ts';
import { sealTexts } from '../unit/crypto/record-bodies.ts';
import { Client } from './client.ts';
import { mustRun } from './commands.ts';
import { b64u, EncryptedPerson } from './encrypted-person.ts';
import { testDatabase } from './test-database.ts';

const folder = mkdtempSync(join(tmpdir(), 'arca-archive-'));
const [identity, archive] = [join(folder, 'identity'), join(folder, 'arca.age')];
const env = { ARCA_DATA: join(folder, 'data'), ARCA_DATABASE_URL: '' };
/** Titles of two notes that are told apart by their layers alone. */
const [underUser, underSystem] = [`Quistenoperation ${randomUUID()}`, `Zahnspange ${randomUUID()}`];
let search: Search;
/** Opens the newest body that the person sealed, as nobody else can. */
let openOwn: (sealed: string) => Promise<Uint8Array>;

beforeAll(async () => {
	env.ARCA_DATABASE_URL = await testDatabase();
	const recipient = await writeNewIdentity(identity);
	const server = await startServer({
		dataFolder: env.ARCA_DATA,
		databaseUrl: env.ARCA_DATABASE_URL,
		env: raisedLimits
	});
	const client = await Client.of(server.url);
	const ana = await EncryptedPerson.of(client, await client.signUp());
	const entity = await client.createEntity(ana.account);
	await ana.turnOn(entity);
	const note = (title: string) => ({
		kind: 'note',
		version: 1,
		values: { title },
		meta: { at: '2026-03-01T09:30:00Z' }
	});
	const key = await bodyKey(ana.keys.get(`${entity} health 1`) ?? new Uint8Array());
	const sealing = { entity, domain: 'health', generation: 1, key };
	openOwn = (sealed) => {
		const place = { entity, domain: 'health', id: ids.mine, revision: 2n };
		return openBody(sealing, place, new Uint8Array(Buffer.from(sealed, 'base64url')));
	};
	const author = { id: ana.account.id, signer: ana.self.signer };
	// Twice, so that an earlier revision lies in the archive too.
	for (const [base, revision] of [
		['0', 1n],
		['1', 2n]
	] as const) {
		const [mine, theirs] = [ids.mine, ids.theirs].map((id) => ({ change: randomUUID(), id, base }));
		const [sealed] = await sealTexts(sealing, author, [
			{ id: ids.mine, revision, json: JSON.stringify(note(underUser)) }
		]);
		const changes = [
			{ ...mine, domain: 'health', generation: 1, sealed: b64u(sealed ?? new Uint8Array()) },
			{ ...theirs, domain: 'finances', plain: note(underSystem) }
		] as Change[];
		const { results } = await client.push(ana.account, entity, changes);
		expect(results.map(({ status }) => status)).toEqual(['accepted', 'accepted']);
	}
	await server.stop();
	await mustRun('backup', [archive, '--recipient', recipient], env);
	search = searchFor([
		{ name: 'under the user layer', value: underUser },
		{ name: 'under the system layer', value: underSystem }
	]);
}, 240_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ids = { mine: randomUUID(), theirs: randomUUID() };

/** Every body of records in the archive, the operator's two secrets used on it: the identity, and the system keys. */
async function opened(): Promise<string[]> {
	const layer = new SystemLayer(
		parseSystemKeys(readFileSync(join(env.ARCA_DATA, 'keys', 'system-keys'), 'utf8').trim())
	);
	const columns = new Map<string, string[]>();
	const texts: string[] = [];
	await readArchive(archive, identity, {
		head: ({ tables }) => tables.forEach((table) => columns.set(table.name, table.columns)),
		rows: (table, lines) => {
			if (!['public.records', 'public.record_history'].includes(table)) return Promise.resolve();
			for (const line of lines) {
				const cells = JSON.parse(line) as (string | null)[];
				const cell = (name: string) => String(cells[columns.get(table)?.indexOf(name) ?? -1] ?? '');
				const place = {
					entity: cell('entity_id'),
					domain: cell('domain'),
					id: cell('id'),
					revision: BigInt(cell('rev'))
				};
				const generation = cell('generation');
				texts.push(
					generation === ''
						? layer.openRecord(place, cell('body'))
						: layer.openOverRecord(place, Number(generation), cell('body'))
				);
			}
			return Promise.resolve();
		}
	});
	return texts;
}

test('the file of an archive names nothing of either layer', () => {
	expect(search(readFileSync(archive))).toEqual([]);
});

test('with the archive’s identity and the system keys, what has no user layer is read, and what has one is not', async () => {
	const texts = await opened();
	expect(texts).toHaveLength(4);
	const found = texts.flatMap((text) => search(text));
	expect(found).toContainEqual(expect.stringMatching(/^under the system layer/));
	expect(found).not.toContainEqual(expect.stringMatching(/^under the user layer/));
	// It is in there: with the person's own key the same search finds it.
	const own = await Promise.allSettled(texts.map(openOwn));
	expect(own.flatMap((one) => (one.status === 'fulfilled' ? search(one.value) : []))).toContainEqual(
		expect.stringMatching(/^under the user layer/)
	);
});
