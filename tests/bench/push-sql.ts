// A push of 1,000 new records in two calls of push_records, each a transaction of the person's, against one bare insert
// of the same 1,000 rows by the owner into a table with the same columns, checks and indexes, but no triggers and no
// policies.
import { randomBytes, randomUUID } from 'node:crypto';
import postgres from 'postgres';
import { openHosted } from '../database/hosted-postgres.ts';
import { createEntity, signIn } from '../database/person.ts';
import { median } from '../stage/median.ts';
import { startPostgres } from '../stage/postgres.ts';

const ROUNDS = 30;
const WARM_UP = 5;
const RECORDS = 1_000;
const BATCH = 500;

const server = await startPostgres();
const database = await openHosted(server);
const person = await signIn(database.url);
const owner = postgres(database.url, { max: 1, onnotice: () => undefined });
const entity = await createEntity(person);
await owner.unsafe('create table public.bare (like public.records including all)');

const ours: number[] = [];
const peer: number[] = [];
for (let round = -WARM_UP; round < ROUNDS; round++) {
	// A small record is padded to 256 bytes before it is sealed.
	const changes = Array.from({ length: RECORDS }, () => ({
		change: randomUUID(),
		id: randomUUID(),
		domain: 'finances',
		base: '0',
		state: 'live',
		body: `AVMAAAAB${randomBytes(284).toString('base64url')}`
	}));
	const batches = [changes.slice(0, BATCH), changes.slice(BATCH)].map((batch) => JSON.stringify(batch));
	const rows = changes.map(({ change, id, domain, state, body }, at) => {
		const seq = (round + WARM_UP) * RECORDS + at + 1;
		const values = [entity, id, domain, 1, seq, state, change, person.id, '2026-01-01', '2026-01-01', body];
		return `(${values.map((value) => `'${value}'`).join(',')})`;
	});
	const insert = `insert into public.bare
		(entity_id, id, domain, rev, seq, state, change_id, author, created_at, updated_at, body) values ${rows.join(',')}`;

	let from = performance.now();
	for (const batch of batches) {
		await person.as((sql) => sql`select public.push_records(${entity}, ${batch}::text::json)`);
	}
	const pushed = performance.now() - from;
	from = performance.now();
	await owner.unsafe(insert);
	const inserted = performance.now() - from;
	if (round < 0) continue;
	ours.push(pushed);
	peer.push(inserted);
}
const [counted] = await owner`select
	(select count(*)::int from public.records) as ours, (select count(*)::int from public.bare) as peer`;
if (counted?.ours !== counted?.peer) throw new Error('not every record was written');

const [mine, theirs] = [median(ours), median(peer)];
console.log(
	JSON.stringify({ bench: 'push in SQL: 1,000 records', ours: mine, peer: theirs, ratio: mine / theirs, target: 2.5 })
);
await person.close();
await owner.end();
await database.close();
await server.stop();
