import { createHmac, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type EmbeddedDatabase, JWT_SECRET, openEmbedded } from './embedded-lite.ts';
import { bodyOf } from './person.ts';

// The REST interface itself, asked directly by those who have no business there: every table with every verb and every
// function, as the catalog lists them.
let database: EmbeddedDatabase;
let entity: string;
let tables: { name: string; row: Record<string, unknown>; key: string[] }[];
let functions: { name: string; args: Record<string, unknown> }[];
const tokens: Record<string, string | undefined> = {};

function sign(claims: object, secret: string): string {
	const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
	const text = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`;
	return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}

async function signUp(): Promise<string> {
	const answer = await database.ask('POST', '/auth/v1/signup', {
		email: `${randomUUID()}@example.org`,
		password: 'Correct-horse-7'
	});
	return (JSON.parse(answer.text) as { access_token: string }).access_token;
}

function claimsOf(token: string): { sub: string; session_id: string; exp: number } {
	const [, claims = ''] = token.split('.');
	return JSON.parse(Buffer.from(claims, 'base64url').toString()) as ReturnType<typeof claimsOf>;
}

async function rows(statement: string): Promise<Record<string, unknown>[]> {
	return (await database.run(statement)).at(-1) ?? [];
}

async function call(name: string, args: object, token: string | undefined) {
	return database.ask('POST', `/rest/v1/rpc/${name}`, args, token);
}

/** A fingerprint of all that the tables hold, but for drawn ids, which any signed-in person may add to. */
async function fingerprint(): Promise<string> {
	const names = await rows(`select c.oid::regclass::text as name from pg_class c
		where c.relnamespace in ('public'::regnamespace, 'app_private'::regnamespace) and c.relkind = 'r'
			and c.relname not in ('drawn_ids', 'sweeps') order by 1`);
	const all = names.map(
		({ name }) =>
			`select '${String(name)}' as t, md5(string_agg(x::text, '' order by x::text)) as h from ${String(name)} x`
	);
	return JSON.stringify(await rows(all.join(' union all ')));
}

beforeAll(async () => {
	vi.spyOn(console, 'error').mockImplementation(() => undefined);
	database = await openEmbedded();
	const owner = await signUp();
	const revoked = await signUp();
	tokens.owner = owner;
	tokens.stranger = await signUp();
	tokens.anonymous = undefined;
	tokens['revoked session'] = revoked;
	tokens['expired token'] = sign({ ...claimsOf(owner), exp: Math.floor(Date.now() / 1000) - 60 }, JWT_SECRET);
	tokens['forged token'] = sign(claimsOf(owner), 'another secret, as long as the one of the tests');
	tokens['unsigned token'] = `${sign({ ...claimsOf(owner), alg: 'none' }, '')
		.split('.')
		.slice(0, 2)
		.join('.')}.`;
	tokens['token of another session'] = sign(
		{ ...claimsOf(owner), session_id: claimsOf(tokens.stranger).session_id },
		JWT_SECRET
	);

	entity = JSON.parse((await call('draw_entity_id', {}, owner)).text) as string;
	await call('create_entity', { entity, kind: 'household', body: bodyOf() }, owner);
	const record = {
		change: randomUUID(),
		id: randomUUID(),
		domain: 'finances',
		base: '0',
		state: 'live',
		body: bodyOf()
	};
	await call('push_records', { entity, changes: [record] }, owner);
	await call('push_records', { entity, changes: [{ ...record, change: randomUUID(), base: '1' }] }, owner);
	await database.ask('POST', '/rest/v1/preferences', { user_id: claimsOf(owner).sub }, owner);
	await database.run(`
		insert into public.memberships values ('${entity}', '${claimsOf(revoked).sub}', 'administrator', '{finances,health}');
		delete from auth.sessions where id = '${claimsOf(revoked).session_id}'`);

	const listed = await rows(`select c.relname as name, array_agg(a.attname::text) as key
		from pg_class c join pg_index i on i.indrelid = c.oid and i.indisprimary
		join pg_attribute a on a.attrelid = c.oid and a.attnum = any (i.indkey)
		where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') group by c.relname`);
	tables = await Promise.all(
		listed.map(async ({ name, key }) => {
			const [row] = await rows(`select to_jsonb(x) as row from public.${String(name)} x limit 1`);
			return { name: String(name), key: key as string[], row: (row?.row ?? {}) as Record<string, unknown> };
		})
	);
	const sample: Record<string, unknown> = { uuid: entity, text: '2', jsonb: { finances: '0' }, integer: 10 };
	functions = (
		await rows(`select p.proname as name, p.proargnames as names, p.proargtypes::regtype[]::text[] as types
			from pg_proc p where p.pronamespace = 'public'::regnamespace`)
	).map(({ name, names, types }) => ({
		name: String(name),
		args: Object.fromEntries(((names ?? []) as string[]).map((arg, at) => [arg, sample[(types as string[])[at] ?? '']]))
	}));
});
afterAll(() => database.close());

test('the owner sees a row in every table, so that the rest cannot pass by accident', async () => {
	expect(tables.length).toBeGreaterThanOrEqual(7);
	expect(functions.length).toBeGreaterThanOrEqual(10);
	for (const { name } of tables) {
		const answer = await database.ask('GET', `/rest/v1/${name}?limit=1`, undefined, tokens.owner);
		expect([name, answer.status, (JSON.parse(answer.text) as unknown[]).length]).toEqual([name, 200, 1]);
	}
});

describe.each([
	'stranger',
	'anonymous',
	'revoked session',
	'expired token',
	'forged token',
	'unsigned token',
	'token of another session'
])('%s', (who) => {
	test('reads nothing from any table', async () => {
		for (const { name } of tables) {
			const answer = await database.ask('GET', `/rest/v1/${name}`, undefined, tokens[who]);
			if (answer.status === 200) expect([name, answer.text]).toEqual([name, '[]']);
			else expect([401, 403]).toContain(answer.status);
		}
	});

	test('adds, changes and deletes nothing in any table', async () => {
		const before = await fingerprint();
		for (const { name, row, key } of tables) {
			const filter = key.map((column) => `${column}=eq.${String(row[column])}`).join('&');
			const fresh = Object.fromEntries(
				Object.entries(row).map(([column, value]) => [column, column === 'id' ? randomUUID() : value])
			);
			const answers = [
				await database.ask('POST', `/rest/v1/${name}`, fresh, tokens[who]),
				await database.ask('PATCH', `/rest/v1/${name}?${filter}`, row, tokens[who]),
				await database.ask('DELETE', `/rest/v1/${name}?${filter}`, undefined, tokens[who])
			];
			for (const { status } of answers) expect(status).toBeLessThan(500);
		}
		expect(await fingerprint()).toBe(before);
	});

	test('gets nothing of the entity from any function', async () => {
		const before = await fingerprint();
		for (const { name, args } of functions) {
			const answer = await call(name, args, tokens[who]);
			// A stranger may draw an id and list their own entities, of which there are none.
			const own = who === 'stranger' && /^(draw_entity_id|list_entities|create_entity)$/.test(name);
			if (!own) expect([name, [401, 403].includes(answer.status)]).toEqual([name, true]);
			if (name === 'list_entities' && answer.status === 200) expect(answer.text).toBe('[]');
			expect(answer.text).not.toContain(bodyOf());
		}
		expect(await fingerprint()).toBe(before);
	});
});

test('schemas that are not public are not served', async () => {
	for (const table of ['limits', 'drawn_ids', 'role_permissions', 'usage']) {
		const answer = await database.ask('GET', `/rest/v1/${table}`, undefined, tokens.stranger);
		expect([401, 403, 404]).toContain(answer.status);
	}
	expect((await call('sweep', {}, tokens.stranger)).status).toBe(404);
	expect((await call('session_ok', {}, tokens.stranger)).status).toBe(404);
});
