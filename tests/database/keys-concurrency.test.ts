import { randomUUID } from 'node:crypto';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type HostedDatabase, openHosted } from './hosted-postgres.ts';
import { identityOf, keysArgs, rosterOf } from './keys.ts';
import { bodyOf, createEntity, type Person, signIn } from './person.ts';

const DEVICES = 8;
const ROUNDS = process.env.ARCA_SOAK === '1' ? 50 : 3;

let database: HostedDatabase;
let owner: postgres.Sql;
let person: Person;

beforeAll(async () => {
	database = await openHosted();
	owner = postgres(database.url, { max: 1, onnotice: () => undefined });
	person = await signIn(database.url, DEVICES + 2);
});
afterAll(async () => {
	await person.close();
	await owner.end();
	await database.close();
});

/** Calls a function as the person; objects go as JSON. */
async function call<T>(name: string, args: Record<string, string | number | object>): Promise<T> {
	return person.as(async (sql) => {
		const named = Object.entries(args).map(([arg, value]) =>
			typeof value === 'object'
				? sql`${sql(arg)} => ${JSON.stringify(value)}::text::${sql.unsafe(arg === 'changes' ? 'json' : 'jsonb')}`
				: sql`${sql(arg)} => ${value}`
		);
		const list = named.reduce((before, next) => sql`${before}, ${next}`);
		const [row] = await sql<{ answer: T }[]>`select ${sql(`public.${name}`)}(${list}) as answer`;
		if (!row) throw new Error(`${name} answered nothing`);
		return row.answer;
	});
}

const atOnce = <T>(act: (device: number) => Promise<T>): Promise<T[]> =>
	Promise.all(Array.from({ length: DEVICES }, (_, device) => act(device)));

test('of many devices that put the same version of the keys one does, and the others are told which', async () => {
	const identity = identityOf();
	for (let version = 1; version <= ROUNDS; version++) {
		const answers = await atOnce(() =>
			call<{ conflict?: string; keys: { version: number; slots: object } }>('put_keys', keysArgs(version, identity))
		);
		expect(answers.filter(({ conflict }) => conflict === undefined)).toHaveLength(1);
		expect(answers.filter(({ conflict }) => conflict === 'keys')).toHaveLength(DEVICES - 1);
		expect(new Set(answers.map(({ keys }) => JSON.stringify(keys.slots))).size).toBe(1);
		const [stored] = await owner`select count(*)::int as current, max(version) as version from public.user_keys
			where user_id = ${person.id} and kept_until is null`;
		expect(stored).toEqual({ current: 1, version });
	}
});

test('of many devices that put the same version of the bundle one does, and the others are told which', async () => {
	for (let version = ROUNDS + 1; version <= 2 * ROUNDS; version++) {
		const answers = await atOnce((device) =>
			call<{ conflict: boolean; bundle: { version: number; body: string } }>('put_bundle', {
				version,
				body: bodyOf(String(device))
			})
		);
		expect(answers.filter(({ conflict }) => !conflict)).toHaveLength(1);
		expect(new Set(answers.map(({ bundle }) => `${bundle.version} ${bundle.body}`)).size).toBe(1);
	}
});

test('of many rosters with one counter one is taken, and the others are told which', async () => {
	const entity = await createEntity(person);
	let before = '';
	for (let turn = 0; turn < ROUNDS; turn++) {
		const drawn = Array.from({ length: DEVICES }, () => rosterOf(entity, person.id, { before }));
		const answers = await atOnce((device) =>
			call<{ conflict?: boolean; roster: { signature: string } }>('post_roster', {
				entity,
				roster: drawn[device]?.roster ?? {}
			})
		);
		const taken = answers.findIndex(({ conflict }) => conflict === undefined);
		expect(answers.filter(({ conflict }) => conflict === true)).toHaveLength(DEVICES - 1);
		expect(new Set(answers.map(({ roster }) => roster.signature)).size).toBe(1);
		before = drawn[taken]?.text ?? '';
	}
});

test('while many push and somebody seals anew and retires, no body is left under a key that is given up', async () => {
	const entity = await createEntity(person);
	let { text, roster } = rosterOf(entity, person.id, { oldest: 1 });
	await call('post_roster', { entity, roster });
	const push = (generation: number) =>
		call<{ status: string; generation?: number }[]>('push_records', {
			entity,
			changes: [
				{
					...{ change: randomUUID(), id: randomUUID(), domain: 'health', base: '0', state: 'live' },
					...{ generation, body: bodyOf() }
				}
			]
		});
	for (let current = 2; current <= ROUNDS + 1; current++) {
		const writers = atOnce(async () => {
			let generation = current - 1;
			for (let at = 0; at < 5; at++) {
				const [answer] = await push(generation);
				generation = answer?.generation ?? generation;
			}
		});
		({ text, roster } = rosterOf(entity, person.id, { before: text, oldest: current - 1, current }));
		expect(await call('post_roster', { entity, roster })).not.toHaveProperty('conflict');
		for (;;) {
			const page = await call<{ records: { id: string; rev: string }[] }>('list_stale', {
				...{ entity, domain: 'health', below: current, max_rows: 7 }
			});
			if (page.records.length === 0) break;
			const bodies = page.records.map(({ id, rev }) => ({
				id,
				rev,
				from: current - 1,
				to: current,
				body: bodyOf('r')
			}));
			await call('reseal_records', { entity, domain: 'health', bodies });
		}
		({ text, roster } = rosterOf(entity, person.id, { before: text, oldest: current, current }));
		expect(await call('post_roster', { entity, roster })).not.toHaveProperty('conflict');
		await writers;
		const [left] = await owner`select count(*)::int as older from public.records
			where entity_id = ${entity} and generation <> ${current}`;
		expect(left).toEqual({ older: 0 });
	}
});
