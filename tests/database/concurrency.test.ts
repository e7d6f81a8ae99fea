import { randomUUID } from 'node:crypto';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type HostedDatabase, openHosted } from './hosted-postgres.ts';
import { bodyOf, createEntity, type Person, signIn } from './person.ts';

const soak = process.env.ARCA_SOAK === '1';
const WRITERS = 16;
const PUSHES = soak ? 250 : 12;

vi.setConfig({ testTimeout: soak ? 900_000 : 120_000 });

let database: HostedDatabase;
let owner: postgres.Sql;
let person: Person;

beforeAll(async () => {
	database = await openHosted();
	owner = postgres(database.url, { max: 4, onnotice: () => undefined });
	person = await signIn(database.url, WRITERS + 4);
});
afterAll(async () => {
	await person.close();
	await owner.end();
	await database.close();
});

function change(id: string = randomUUID(), base = '0', domain = 'finances') {
	return { change: randomUUID(), id, domain, base, state: 'live', body: bodyOf() };
}

async function push(entity: string, changes: object[], hold = 0): Promise<{ status: string; seq: string }[]> {
	return person.as(async (sql) => {
		const [row] = await sql<{ answers: { status: string; seq: string }[] }[]>`
			select public.push_records(${entity}, ${JSON.stringify(changes)}::text::json) as answers`;
		// The numbers are drawn; the longer the commit waits, the surer a reader would pass it by, were the head not locked.
		if (hold > 0) await sql`select pg_sleep(${hold})`;
		return row?.answers ?? [];
	});
}

async function pull(entity: string, after: string): Promise<{ id: string; seq: string; rev: string }[]> {
	return person.as(async (sql) => {
		const [row] = await sql<{ page: { records: { id: string; seq: string; rev: string }[] } }[]>`
			select public.pull_records(${entity}, ${JSON.stringify({ finances: after })}::text::jsonb, 50) as page`;
		return row?.page.records ?? [];
	});
}

async function write(entity: string, pushes: number): Promise<void> {
	await Promise.all(
		Array.from({ length: WRITERS }, async (_, writer) => {
			for (let at = 0; at < pushes; at++) {
				const changes = [change(), change(), change(randomUUID(), '0', 'health')];
				const answers = await push(entity, changes, (at + writer) % 4 === 0 ? 0.01 : 0);
				expect(answers.map(({ status }) => status)).toEqual(['accepted', 'accepted', 'accepted']);
			}
		})
	);
}

test('a reader with a cursor sees every record once, while many write', async () => {
	const entity = await createEntity(person);
	const seen: bigint[] = [];
	let after = '0';
	const read = async () => {
		const page = await pull(entity, after);
		seen.push(...page.map(({ seq }) => BigInt(seq)));
		after = page.at(-1)?.seq ?? after;
		return page.length;
	};
	let writing = true;
	const writers = write(entity, PUSHES).finally(() => (writing = false));
	while (writing) await read();
	await writers;
	while ((await read()) > 0);

	const total = WRITERS * PUSHES * 2;
	expect(seen).toEqual(Array.from({ length: total }, (_, at) => BigInt(at + 1)));
});

test('of many who change the same record at once each revision has one writer', async () => {
	const entity = await createEntity(person);
	const id = randomUUID();
	await push(entity, [change(id)]);
	for (let base = 1; base <= (soak ? 100 : 5); base++) {
		const answers = await Promise.all(Array.from({ length: WRITERS }, () => push(entity, [change(id, String(base))])));
		const statuses = answers.flat().map(({ status }) => status);
		expect(statuses.filter((status) => status === 'accepted')).toHaveLength(1);
		expect(statuses.filter((status) => status === 'conflict')).toHaveLength(WRITERS - 1);
	}
});

test('the same change sent many times at once is written once and answered alike', async () => {
	const entity = await createEntity(person);
	for (let turn = 0; turn < (soak ? 100 : 5); turn++) {
		const one = change();
		const answers = await Promise.all(Array.from({ length: WRITERS }, () => push(entity, [one])));
		expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
		expect(answers[0]?.[0]?.status).toBe('accepted');
	}
});

test('an id that is pushed to two domains at once is a record of one of them, and spoils nothing beside it', async () => {
	const entity = await createEntity(person);
	for (let turn = 0; turn < (soak ? 100 : 5); turn++) {
		const id = randomUUID();
		const answers = await Promise.all(
			['finances', 'health'].map((domain) =>
				push(entity, [change(randomUUID(), '0', domain), change(id, '0', domain)], 0.02)
			)
		);
		expect(answers.map(([beside]) => beside?.status)).toEqual(['accepted', 'accepted']);
		expect(answers.map(([, shared]) => shared?.status).sort()).toEqual(['accepted', 'denied']);
	}
});

test('pushes to several domains in either order do not lock each other out', async () => {
	const entity = await createEntity(person);
	const domains = ['health', 'finances', 'administration', 'chat'];
	await Promise.all(
		Array.from({ length: WRITERS }, async (_, writer) => {
			const order = writer % 2 ? domains : [...domains].reverse();
			for (let at = 0; at < PUSHES; at++) {
				const answers = await push(
					entity,
					order.map((domain) => change(randomUUID(), '0', domain))
				);
				expect(answers.every(({ status }) => status === 'accepted')).toBe(true);
			}
		})
	);
	const [usage] = await owner`select rows::int from app_private.usage where entity_id = ${entity}`;
	expect(usage?.rows).toBe(WRITERS * PUSHES * 4);
});

test('of a direct change and a push that wait for each other one is told to try again, and nothing is half written', async () => {
	const entity = await createEntity(person);
	const [mine, other] = [randomUUID(), randomUUID()];
	await push(entity, [change(mine), change(other)]);
	let pushing: Promise<{ status: string }[]> | undefined;
	const direct = person.as(async (sql) => {
		// A change of several rows holds the first of them before it comes to the head, a push holds the head first.
		await sql`select from public.records where entity_id = ${entity} and id = ${mine} for update`;
		pushing = push(entity, [change(other, '1'), change(mine, '1')]);
		pushing.catch(() => undefined);
		await vi.waitFor(
			async () => {
				const [waits] = await owner`select from pg_locks where not granted and locktype in ('transactionid', 'tuple')`;
				expect(waits).toBeDefined();
			},
			{ timeout: 20_000 }
		);
		await sql`update public.records set rev = 2, change_id = ${randomUUID()} where entity_id = ${entity} and id = ${mine}`;
	});
	const [written, pushed] = await Promise.allSettled([direct, direct.catch(() => undefined).then(() => pushing)]);
	const lost = [written, pushed].filter((end) => end.status === 'rejected');
	expect(lost.map((end) => (end.reason as { code: string }).code)).toEqual(['40P01']);
	const stored = await pull(entity, '0');
	expect(stored.map(({ id, rev }) => `${id === mine ? 'mine' : 'other'} ${rev}`).sort()).toEqual(
		pushed.status === 'fulfilled' ? ['mine 2', 'other 2'] : ['mine 2', 'other 1']
	);
	const again = await push(entity, [change(other, pushed.status === 'fulfilled' ? '2' : '1')]);
	expect(again.map(({ status }) => status)).toEqual(['accepted']);
});

test('a setting that was forged before a write gives no number twice and none that was passed', async () => {
	const entity = await createEntity(person);
	await push(entity, [change(), change(), change()]);
	const insert = (base: string, step: string) =>
		person.as(async (sql) => {
			await sql`select set_config('arca.place', ${`${entity}finances`}, true), set_config('arca.base', ${base}, true),
				set_config('arca.step', ${step}, true)`;
			await sql`insert into public.records (entity_id, id, domain, rev, change_id, body)
				values (${entity}, ${randomUUID()}, 'finances', 1, ${randomUUID()}, ${bodyOf()})`;
		});
	await expect(insert('0', '0')).rejects.toMatchObject({ code: expect.stringMatching(/^(23505|40001)$/) as string });
	await expect(insert('-5', '0')).rejects.toThrow();
	await expect(insert('2000000', '0')).rejects.toMatchObject({ code: '40001' });
	await expect(insert('3', '0')).resolves.toBeUndefined();
	expect((await pull(entity, '3')).map(({ seq }) => seq)).toEqual(['4']);
});

test('the audit chain has neither gap nor fork when sixteen write at once, and a changed event is found', async () => {
	const subject = randomUUID();
	const each = soak ? 250 : 15;
	const clients = Array.from({ length: WRITERS }, () => postgres(database.url, { max: 1, onnotice: () => undefined }));
	await Promise.all(
		clients.map(async (sql) => {
			for (let at = 0; at < each; at++) await sql`select app.note_audit('account', ${subject}, 'settings.edit')`;
			await sql.end();
		})
	);
	const broken = async () => {
		const [row] = await owner`select app_private.broken_audit_event('account', ${subject})::int as number`;
		return row?.number as number | null;
	};
	const [trail] = await owner`
		select count(*)::int as events, max(number)::int as last, count(distinct previous)::int as links
		from public.audit_events where subject = ${subject}`;
	expect(trail).toEqual({ events: WRITERS * each, last: WRITERS * each, links: WRITERS * each });
	expect(await broken()).toBeNull();

	await owner`alter table public.audit_events disable trigger user`;
	await owner`update public.audit_events set actor = ${randomUUID()} where subject = ${subject} and number = 77`;
	await owner`alter table public.audit_events enable trigger user`;
	expect(await broken()).toBe(77);
});
