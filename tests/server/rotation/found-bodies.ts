import postgres from 'postgres';
import type { Record as RecordRow } from '../../../src/lib/api/record.ts';
import type { Found } from './ledger.ts';
import type { MortalServer } from './mortal-server.ts';
import { HEALTH } from './vault-page.ts';
import type { VaultPage } from './vault-page.ts';

/** A body as the database has it. */
interface Row {
	id: string;
	rev: string;
	seq: string;
	generation: number | null;
	author: string;
}

/** What the database has of an entity's health: bodies, earlier ones too, by record and revision, and what is granted. */
export interface Rows {
	bodies: Map<string, Row>;
	heads: { generation: number | null; oldest: number | null };
	granted: number[];
}

export async function rowsOf({ databaseUrl }: MortalServer, entity: string): Promise<Rows> {
	const sql = postgres(databaseUrl, { max: 1 });
	const rows = await sql<Row[]>`
		select id, rev, seq, generation, author from public.records where entity_id = ${entity} and domain = ${HEALTH}
		union all select id, rev, seq, generation, author from public.record_history
			where entity_id = ${entity} and domain = ${HEALTH}`;
	const [heads] = await sql<Rows['heads'][]>`
		select generation, oldest from public.heads where entity_id = ${entity} and domain = ${HEALTH}`;
	const granted = await sql<{ generation: number }[]>`
		select distinct generation from public.key_grants where entity_id = ${entity} and domain = ${HEALTH}`;
	await sql.end();
	return {
		bodies: new Map(rows.map((row) => [`${row.id} ${row.rev}`, row])),
		heads: heads ?? { generation: null, oldest: null },
		granted: granted.map(({ generation }) => generation)
	};
}

/** What is wrong with what the database has once the keys have turned: a body is where it was, under the one generation. */
export function judgeRows(before: Rows, after: Rows): string[] {
	const wrong: string[] = [];
	const { heads, granted } = after;
	const goal = heads.generation ?? 0;
	if (goal <= (before.heads.generation ?? 0)) wrong.push('the keys did not turn');
	if (heads.oldest !== goal) wrong.push(`generations ${heads.oldest} to ${heads.generation}`);
	if (granted.some((generation) => generation !== goal)) wrong.push(`grants of ${granted.join()} are kept`);
	for (const [place, { generation }] of after.bodies)
		if (generation !== goal) wrong.push(`${place} is of generation ${generation ?? 0}`);
	for (const [place, { seq, author }] of before.bodies) {
		const now = after.bodies.get(place);
		if (now?.seq !== seq || now.author !== author) wrong.push(`${place} was moved or written by another`);
	}
	return wrong;
}

/** Every body that the server gives, earlier ones too, opened on a page. */
export async function findBodies({ vault }: VaultPage, entity: string): Promise<Found[]> {
	const rows: RecordRow[] = [];
	for (;;) {
		const last = rows.at(-1);
		const after = last ? { after: { id: last.id, rev: last.rev } } : {};
		const body = { entity, domain: HEALTH, below: 1_000, limit: 500, ...after } as const;
		const { records, left } = await vault.client.call('listStale', { body });
		rows.push(...records);
		if (left === 0) break;
	}
	const newest = new Map<string, bigint>();
	for (const { id, rev } of rows) if (BigInt(rev) > (newest.get(id) ?? 0n)) newest.set(id, BigInt(rev));
	const bodies = rows.map(({ id, rev, generation = 0, sealed = '' }) => ({ id, rev, generation, sealed }));
	const opened = (await vault.keys?.open(entity, HEALTH, bodies)) ?? [];
	return bodies.map(({ id, rev }, at): Found => {
		const one = opened[at];
		const place = { id, rev, isNewest: newest.get(id) === BigInt(rev) };
		return one?.ok ? { ...place, values: one.plain.values } : { ...place, why: one?.why ?? 'no keys' };
	});
}
