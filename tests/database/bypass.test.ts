import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type HostedDatabase, openHosted, OWNER } from './hosted-postgres.ts';
import { type Person, signIn } from './person.ts';

let database: HostedDatabase;
let person: Person;
let superuser: postgres.Sql;

beforeAll(async () => {
	database = await openHosted();
	person = await signIn(database.url);
	superuser = postgres(database.superuserUrl, { max: 1, onnotice: () => undefined });
});
afterAll(async () => {
	await superuser.end();
	await person.close();
	await database.close();
});

async function sessionStands(): Promise<boolean> {
	const [row] = await person.as((sql) => sql<{ stands: boolean }[]>`select app.session_ok() as stands`);
	return row?.stands === true;
}

test('the migrations are run by no superuser', async () => {
	const [role] = await superuser`select rolsuper, rolbypassrls from pg_roles where rolname = ${OWNER}`;
	expect(role).toEqual({ rolsuper: false, rolbypassrls: true });
	const [owned] = await superuser`select count(*)::int as by_others from pg_class
		where relnamespace in ('public'::regnamespace, 'app'::regnamespace, 'app_private'::regnamespace)
			and relowner <> ${OWNER}::regrole`;
	expect(owned?.by_others).toBe(0);
});

test('owned by a role that row level security binds, session_stands would find no session and lock everybody out', async () => {
	expect(await sessionStands()).toBe(true);
	await superuser.unsafe(`
		grant usage on schema app, app_private, auth to supabase_storage_admin;
		grant create on schema app to supabase_storage_admin;
		grant select on auth.users, auth.sessions, app_private.session_rules, app_private.session_uses to supabase_storage_admin;
		grant execute on all functions in schema app to supabase_storage_admin;
		alter function app.session_stands() owner to supabase_storage_admin`);
	expect(await sessionStands()).toBe(false);
	await superuser.unsafe(`alter function app.session_stands() owner to ${OWNER}`);
	expect(await sessionStands()).toBe(true);
});
