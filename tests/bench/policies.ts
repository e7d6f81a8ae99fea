// A page of 500 records and a count, as a signed-in person under the policies, against the same queries without row
// level security; at 200,000 records in 2,000 entities and at ten times fewer. The person's own records are the same.
import { randomUUID } from 'node:crypto';
import postgres from 'postgres';
import { openHosted } from '../database/hosted-postgres.ts';
import { median } from '../stage/median.ts';
import { startPostgres } from '../stage/postgres.ts';

const ROUNDS = 100;
const WARM_UP = 10;
const OWN = { entities: 4, records: 2_500 };

type Query = 'page' | 'count';
type Ask = (query: Query) => Promise<unknown>;

const server = await startPostgres();
const closing: (() => Promise<void>)[] = [];

/** A filled database, asked by the person under the policies, and by its owner, who is not bound by them. */
async function stage(records: number, entities: number): Promise<{ ours: Ask; peer: Ask }> {
	const database = await openHosted(server);
	const owner = postgres(database.url, { max: 1, onnotice: () => undefined });
	const person = postgres(database.url, { max: 1, onnotice: () => undefined });
	closing.push(
		() => person.end(),
		() => owner.end(),
		() => database.close()
	);
	const me = randomUUID();
	const session = randomUUID();
	await fill(owner, me, session, records, entities);
	const claims = JSON.stringify({ role: 'authenticated', sub: me, session_id: session });
	await person`select set_config('role', 'authenticated', false), set_config('request.jwt.claims', ${claims}, false)`;
	const [mine] = await owner<{ id: string }[]>`
		select entity_id as id from public.memberships where user_id = ${me} limit 1`;
	const entity = mine?.id ?? '';

	const asked = (sql: postgres.Sql): Ask => {
		return (query) =>
			query === 'count'
				? sql`select count(*)::int from public.records where entity_id = ${entity}`
				: sql`select id, domain, rev, seq, generation, author, state, updated_at, body from public.records
					where entity_id = ${entity} and domain = 'finances' and seq > 500 order by seq limit 500`;
	};
	const [page, [counted]] = (await Promise.all([asked(person)('page'), asked(person)('count')])) as [
		unknown[],
		{ count: number }[]
	];
	if (page.length !== 500 || counted?.count !== OWN.records) throw new Error('the queries do not see the records');
	return { ours: asked(person), peer: asked(owner) };
}

/** The person's entities, each of the same size, and everybody else's, which share the rest. */
async function fill(sql: postgres.Sql, me: string, session: string, records: number, entities: number): Promise<void> {
	const own = OWN.entities * OWN.records;
	await sql.unsafe(`
		insert into auth.users (id) select md5('user ' || n)::uuid from generate_series(1, ${entities}) n;
		insert into auth.users (id) values ('${me}');
		insert into auth.sessions (id, user_id, created_at) values ('${session}', '${me}', now());
		insert into public.entities (id, kind, body, created_by)
			select md5('entity ' || n)::uuid, 'household', 'AVMA' || repeat('x', 300), md5('user ' || n)::uuid
			from generate_series(1, ${entities}) n;
		insert into public.memberships (entity_id, user_id, role, domains)
			select md5('entity ' || n)::uuid,
				case when n <= ${OWN.entities} then '${me}' else md5('user ' || n)::uuid end,
				'owner', '{health,finances,administration,chat}'
			from generate_series(1, ${entities}) n;
		alter table public.records disable trigger user;
		insert into public.records (entity_id, id, domain, rev, seq, change_id, author, created_at, updated_at, body)
			select md5('entity ' || e)::uuid, gen_random_uuid(), case when s % 5 = 0 then 'health' else 'finances' end,
				1, s, gen_random_uuid(), '${me}', now(), now(), 'AVMAAAAB' || repeat(md5(s::text), 12)
			from (
				select n % ${OWN.entities} + 1 as e, n / ${OWN.entities} + 1 as s
				from generate_series(0, ${own} - 1) n
				union all
				select ${OWN.entities} + 1 + n % ${entities - OWN.entities}, n / ${entities - OWN.entities} + 1
				from generate_series(0, ${records - own} - 1) n
			) x;
		alter table public.records enable trigger user;
	`);
	await sql.unsafe('vacuum analyze');
}

const large = await stage(200_000, 2_000);
const small = await stage(20_000, 200);
for (const query of ['page', 'count'] as const) {
	const asked = { ours: large.ours, peer: large.peer, small: small.ours };
	const taken: Record<keyof typeof asked, number[]> = { ours: [], peer: [], small: [] };
	for (let round = -WARM_UP; round < ROUNDS; round++) {
		for (const name of ['ours', 'peer', 'small'] as const) {
			const from = performance.now();
			await asked[name](query);
			if (round >= 0) taken[name].push(performance.now() - from);
		}
	}
	const ours = median(taken.ours);
	const say = (bench: string, peer: number, target: number) =>
		console.log(JSON.stringify({ bench, ours, peer, ratio: ours / peer, target }));
	say(`policies: ${query === 'page' ? 'page of 500' : 'count'}`, median(taken.peer), query === 'page' ? 2 : 6);
	say(`policies: ${query}, 200,000 against 20,000 records`, median(taken.small), 1.2);
}
for (const close of closing) await close();
await server.stop();
