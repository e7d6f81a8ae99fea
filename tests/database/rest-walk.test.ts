import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type EmbeddedDatabase, JWT_SECRET, openEmbedded } from './embedded-lite.ts';
import { intrusions } from './intrusions.ts';
import { identityOf, keysArgs, rosterOf } from './keys.ts';
import { claimsOf, signedToken } from '../stage/tokens.ts';
import { bodyOf } from './person.ts';
import { contents, ofOthers } from './what-is-there.ts';

// The REST interface itself, asked directly by those who have no business there: every table with every verb and every
// function, as the catalog lists them.
let database: EmbeddedDatabase;
let entity: string;
/** An entity nobody is in, of which there are no heads: each of its keys is free. */
let empty: string;
/** A content of the entity. */
let content: string;
/** Somebody without a row of preferences. */
let bystander: string;
let tables: { name: string; row: Record<string, unknown>; key: string[] }[];
let functions: { name: string; args: Record<string, unknown> }[];
const tokens: Record<string, string | undefined> = {};

async function signUp(email = `${randomUUID()}@example.org`, path = '/auth/v1/signup'): Promise<string> {
	const answer = await database.ask('POST', path, { email, password: 'Correct-horse-7' });
	return (JSON.parse(answer.text) as { access_token: string }).access_token;
}

async function rows(statement: string): Promise<Record<string, unknown>[]> {
	return (await database.run(statement)).at(-1) ?? [];
}

async function call(name: string, args: object, token: string | undefined) {
	return database.ask('POST', `/rest/v1/rpc/${name}`, args, token);
}

/** Functions that are about nobody but the caller. */
const OWN =
	/^(draw_entity_id|list_entities|create_entity|(get|put)_(keys|bundle)|erase_kept_keys|ask_reset|cancel_reset|(put|try|remove)_pin|list_due_(parts|plain)|get_two_factor|list_sessions|revoke_other_sessions|set_session_rules)$/;

function around(token: string | undefined): Parameters<typeof intrusions>[0] {
	const stranger = claimsOf(tokens.stranger ?? '').sub;
	const session = token ? claimsOf(token).session_id : randomUUID();
	return { me: token ? claimsOf(token).sub : stranger, session, stranger, entity, empty, bystander, rowOf };
}

function rowOf(name: string): Record<string, unknown> {
	return tables.find((table) => table.name === name)?.row ?? {};
}

/** Tries every verb that writes on one table; gives what went through, or was not plainly refused. */
async function intrude(name: string, token: string | undefined): Promise<string[]> {
	const table = tables.find((one) => one.name === name);
	const row = rowOf(name);
	const key = table?.key ?? [];
	const filter = key.map((column) => `${column}=eq.${String(row[column])}`).join('&');
	const { add, change } = intrusions(around(token))[name] ?? { add: [], change: {} };
	const attempts: [string, string, object | undefined][] = [
		...add.map((fresh): [string, string, object] => ['POST', name, fresh]),
		['PATCH', `${name}?${filter}`, change],
		['PATCH', `${name}?${filter}`, row],
		['DELETE', `${name}?${filter}`, undefined]
	];
	const found: string[] = [];
	let before = await contents(rows);
	for (const [verb, path, body] of attempts) {
		const { status } = await database.ask(verb, `/rest/v1/${path}`, body, token);
		// A new row is refused as such: any other answer (a key that is taken, a value that is wrong) tells nothing of rights.
		if (verb === 'POST' ? ![401, 403].includes(status) : status >= 500) found.push(`${verb} ${name} answers ${status}`);
		const after = await contents(rows);
		if (after !== before) found.push(`${verb} ${name} writes`);
		before = after;
	}
	return found;
}

beforeAll(async () => {
	vi.spyOn(console, 'error').mockImplementation(() => undefined);
	database = await openEmbedded();
	const owner = await signUp('owner@example.org');
	const revoked = await signUp();
	tokens.owner = owner;
	tokens.stranger = await signUp();
	tokens.anonymous = undefined;
	tokens['revoked session'] = revoked;
	tokens['expired token'] = signedToken({ ...claimsOf(owner), exp: Math.floor(Date.now() / 1000) - 60 }, JWT_SECRET);
	tokens['forged token'] = signedToken(claimsOf(owner), 'another secret, as long as the one of the tests');
	tokens['unsigned token'] = `${signedToken({ ...claimsOf(owner), alg: 'none' }, '')
		.split('.')
		.slice(0, 2)
		.join('.')}.`;
	tokens['token of another session'] = signedToken(
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
	const opened = await call('open_content', { entity, domain: 'finances', file: record.id }, owner);
	content = (JSON.parse(opened.text) as { id: string }).id;
	const { roster } = rosterOf(entity, claimsOf(owner).sub);
	await call('put_keys', keysArgs(1, identityOf(), [roster]), owner);
	await call('ask_reset', {}, owner);
	await database.ask('POST', '/rest/v1/preferences', { user_id: claimsOf(owner).sub }, owner);
	await database.run(`
		insert into public.memberships values ('${entity}', '${claimsOf(revoked).sub}', 'administrator', '{finances,health}');
		delete from auth.sessions where id = '${claimsOf(revoked).session_id}'`);
	tokens['session before its second step'] = await signUp('owner@example.org', '/auth/v1/token?grant_type=password');
	await database.run(`
		insert into public.two_factor (user_id) values ('${claimsOf(owner).sub}');
		insert into public.session_elevations (session_id, user_id, means)
			values ('${claimsOf(owner).session_id}', '${claimsOf(owner).sub}', 'code')`);
	// Every session is noted by now, so that nobody's coming by writes anything.
	await database.run('select app.settle_sessions()');
	empty = randomUUID();
	bystander = claimsOf(revoked).sub;
	await database.run(`insert into public.entities (id, kind, body, created_by)
		values ('${empty}', 'pet', '${bodyOf('e')}', '${bystander}')`);

	const listed = await rows(`select c.relname as name, array_agg(a.attname::text) as key
		from pg_class c join pg_index i on i.indrelid = c.oid and i.indisprimary
		join pg_attribute a on a.attrelid = c.oid and a.attnum = any (i.indkey)
		where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') group by c.relname`);
	tables = await Promise.all(
		listed.map(async ({ name, key }) => {
			const [row] = await rows(`select to_jsonb(x) as row from public.${String(name)} x
				order by to_jsonb(x)::text like '%${entity}%' desc limit 1`);
			return { name: String(name), key: key as string[], row: (row?.row ?? {}) as Record<string, unknown> };
		})
	);
	const sample: Record<string, unknown> = {
		uuid: entity,
		text: '2',
		json: [],
		jsonb: { finances: '0' },
		integer: 10,
		bigint: 10
	};
	functions = (
		await rows(`select p.proname as name, p.proargnames as names, p.proargtypes::regtype[]::text[] as types
			from pg_proc p where p.pronamespace = 'public'::regnamespace`)
	).map(({ name, names, types }) => ({
		name: String(name),
		args: Object.fromEntries(
			((names ?? []) as string[]).map((arg, at) => [
				arg,
				arg === 'content' ? content : sample[(types as string[])[at] ?? '']
			])
		)
	}));
});
afterAll(() => database.close());

test('the owner sees a row in every table, so that the rest cannot pass by accident', async () => {
	expect(tables.length).toBeGreaterThanOrEqual(13);
	expect(functions.length).toBeGreaterThanOrEqual(27);
	for (const { name } of tables) {
		const answer = await database.ask('GET', `/rest/v1/${name}?limit=1`, undefined, tokens.owner);
		expect([name, answer.status, (JSON.parse(answer.text) as unknown[]).length]).toEqual([name, 200, 1]);
	}
});

describe.each([
	'stranger',
	'anonymous',
	'revoked session',
	'session before its second step',
	'expired token',
	'forged token',
	'unsigned token',
	'token of another session'
])('%s', (who) => {
	test('reads nothing from any table', async () => {
		for (const { name } of tables) {
			const answer = await database.ask('GET', `/rest/v1/${name}`, undefined, tokens[who]);
			if (answer.status === 200)
				expect([name, ofOthers(answer.text, who === 'stranger' ? tokens[who] : undefined)]).toEqual([name, []]);
			else expect([401, 403]).toContain(answer.status);
		}
	});

	test('adds, changes and deletes nothing in any table', async () => {
		const before = await contents(rows);
		for (const { name } of tables) expect(await intrude(name, tokens[who])).toEqual([]);
		expect(await contents(rows)).toBe(before);
	});

	test('gets nothing of the entity from any function', async () => {
		const before = await contents(rows);
		for (const { name, args } of functions) {
			const answer = await call(name, args, tokens[who]);
			// A stranger may draw an id and list their own entities, of which there are none, and so with their own keys.
			const own = who === 'stranger' && OWN.test(name);
			// What became of a session may be asked by whoever knows its id.
			if (name === 'how_session_ended' && answer.status === 200) {
				expect(answer.text).toBe('null');
				continue;
			}
			// Before its second step a session is told that there is one to show.
			const asksStep = who === 'session before its second step' && name === 'get_two_factor';
			// A content, a session or a passkey of others is as one that is not there.
			const refusals = 'content' in args || 'session' in args || 'passkey' in args ? [401, 403, 404] : [401, 403];
			if (!own && !asksStep) expect([name, refusals.includes(answer.status)]).toEqual([name, true]);
			if (name === 'list_entities' && answer.status === 200) expect(answer.text).toBe('[]');
			expect(answer.text).not.toContain(bodyOf());
		}
		expect(await contents(rows)).toBe(before);
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

// The last one: what it opens, it also writes.
test('were a policy open to everybody, the walk would find it', async () => {
	const found: string[] = [];
	const unguarded = ['memberships', 'heads', 'record_history', 'preferences', 'contents', 'two_factor'];
	expect(Object.keys(intrusions(around(undefined))).sort()).toEqual(tables.map(({ name }) => name).sort());
	for (const { name } of tables) {
		await database.run(
			`create policy "Opened by this test" on public.${name} to authenticated using (true) with check (true)`
		);
		found.push(...(await intrude(name, tokens.stranger)));
		await database.run(`drop policy "Opened by this test" on public.${name}`);
	}
	// Records have a second guard, the triggers; entities others hang on, and the audit trail cannot be changed by anybody.
	const open = {
		POST: [...unguarded, 'entities', 'audit_events'],
		PATCH: [...unguarded, 'entities'],
		DELETE: unguarded
	};
	const expected = Object.entries(open).flatMap(([verb, names]) => names.map((name) => `${verb} ${name} writes`));
	expect(expected.filter((line) => !found.includes(line))).toEqual([]);
});
