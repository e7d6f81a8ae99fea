import { afterAll, beforeAll, expect, test } from 'vitest';
import { DOMAINS } from '../../src/lib/access/domains.ts';
import { may, PERMISSION_NAMES, PERMISSIONS, permissionsOf } from '../../src/lib/access/permissions.ts';
import { rolePermissionsSql } from '../../src/lib/access/role-permissions-sql.ts';
import { ROLES } from '../../src/lib/access/roles.ts';
import { MOST_PLAIN_BYTES, PLAIN_TYPES } from '../../src/lib/api/plain-objects.ts';
import { COLUMNS, TIERS, tierOf } from '../../src/lib/access/tiers.ts';
import { BIN_DAYS } from '../../src/lib/vault/bin-days.ts';
import { migrations } from './database.ts';
import { type HostedDatabase, openHosted } from './hosted-postgres.ts';

let database: HostedDatabase;
beforeAll(async () => {
	database = await openHosted();
});
afterAll(() => database.close());

async function rows(statement: string): Promise<Record<string, unknown>[]> {
	return (await database.run(statement))[0] ?? [];
}

test('the database has the table of permissions that the code has', async () => {
	const stored = await rows('select role, permission, reserved from app.role_permissions');
	const told = ROLES.flatMap((role) =>
		permissionsOf(role).map((permission) => ({
			role,
			permission,
			reserved: PERMISSIONS[permission].reserved === true
		}))
	);
	const sorted = (list: unknown[]) => list.map((row) => JSON.stringify(row)).sort();
	expect(stored).toHaveLength(35 + 29 + 14 + 8 + 6);
	expect(sorted(stored)).toEqual(sorted(told));
});

test('the newest migration of it is the one that the generator writes', async () => {
	const written = (await migrations()).filter(({ name }) => name.endsWith('_fill_role_permissions.sql'));
	expect(written.at(-1)?.text).toBe(rolePermissionsSql());
});

test('for every role and permission the database answers as the code does, and denies what is reserved', async () => {
	await database.run(`
		begin;
		insert into auth.users (id) select md5(r)::uuid from unnest(array['${ROLES.join("','")}']) r;
		insert into public.entities (id, kind, body, created_by) values (md5('e')::uuid, 'pet', 'AVMA' || repeat('x', 99), md5('owner')::uuid);
		insert into public.memberships (entity_id, user_id, role, domains)
			select md5('e')::uuid, md5(r)::uuid, r, array['${DOMAINS.join("','")}'] from unnest(array['${ROLES.join("','")}']) r`);
	const answers: string[] = [];
	const expected: string[] = [];
	for (const role of ROLES) {
		await database.run(`select set_config('request.jwt.claim.sub', md5('${role}')::uuid::text, true)`);
		for (const permission of PERMISSION_NAMES) {
			const [row] = await rows(`select app.has_permission('${permission}', md5('e')::uuid) as may`);
			answers.push(`${role} ${permission} ${String(row?.may)}`);
			expected.push(`${role} ${permission} ${may(role, permission)}`);
		}
	}
	await database.run('rollback');
	expect(answers).toEqual(expected);
});

test('every column of ours has in its comment the tier that the code gives it', async () => {
	const columns = await rows(`
		select n.nspname || '.' || c.relname as table, a.attname as column, split_part(col_description(c.oid, a.attnum), ': ', 1) as tier
		from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
		where n.nspname in ('public', 'app', 'app_private') and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped`);
	expect(columns.length).toBeGreaterThan(50);
	expect(columns.filter(({ tier }) => !TIERS.some((known) => known === tier))).toEqual([]);
	const differing = columns.filter(({ table, column, tier }) => tierOf(String(table), String(column)) !== tier);
	expect(differing).toEqual([]);
	const told = Object.entries(COLUMNS).flatMap(([table, tiers]) =>
		Object.values(tiers).flatMap((names) => names.map((column) => `${table}.${column}`))
	);
	expect(told.sort()).toEqual(columns.map(({ table, column }) => `${String(table)}.${String(column)}`).sort());
});

test('the days that the bin and the earlier versions tell of are those of the database', async () => {
	const told = await rows(`select p.prosrc as source from pg_proc p
		where p.proname in ('remove_due', 'is_due_purge', 'read_history')`);
	const days = told.flatMap(({ source }) => [...String(source).matchAll(/interval '(\d+) days'/g)].map(([, of]) => of));
	expect(told).toHaveLength(3);
	expect(days).toEqual(days.map(() => String(BIN_DAYS)));
	expect(days.length).toBeGreaterThanOrEqual(4);
});

test('the bucket of plain files takes the types, and as many bytes, as the code says', async () => {
	const [bucket] =
		await rows(`select public, file_size_limit::int as most, array_to_string(allowed_mime_types, ' ') as types
		from storage.buckets where id = 'plain'`);
	expect(bucket).toMatchObject({ public: false, most: MOST_PLAIN_BYTES });
	const types = [...new Set(Object.values(PLAIN_TYPES).flat())];
	expect(String(bucket?.types).split(' ').sort()).toEqual(types.sort());
	expect(types.filter((type) => /html|xml|svg|script|text/.test(type))).toEqual([]);
});
