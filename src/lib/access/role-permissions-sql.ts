// Writes the migration of app.role_permissions from the one table in code, to standard output:
//   node src/lib/access/role-permissions-sql.ts > supabase/migrations/<timestamp>_fill_role_permissions.sql
// A table that changed after a release goes into a new migration: what was applied is never edited.
import { PERMISSION_NAMES, PERMISSIONS } from './permissions.ts';
import { ROLES } from './roles.ts';

/** The text of the migration: it replaces whatever the table held before, so it can be applied again and again. */
export function rolePermissionsSql(): string {
	const rows = PERMISSION_NAMES.flatMap((permission) =>
		ROLES.filter((role) => PERMISSIONS[permission].roles.includes(role)).map(
			(role) => `\t('${role}', '${permission}', ${PERMISSIONS[permission].reserved === true})`
		)
	);
	return `-- Written by src/lib/access/role-permissions-sql.ts from permissions.ts beside it; a test compares them.
create table if not exists app.role_permissions (
	role text not null,
	permission text not null,
	reserved boolean not null,
	primary key (role, permission)
);
comment on table app.role_permissions is 'What each role may do.';
comment on column app.role_permissions.role is 'internal: owner, administrator, analyst, member or viewer';
comment on column app.role_permissions.permission is 'internal: what the role may do';
comment on column app.role_permissions.reserved is 'internal: its feature is not there yet, so it is denied to everybody';

delete from app.role_permissions;
insert into app.role_permissions (role, permission, reserved) values
${rows.join(',\n')};
`;
}

if (import.meta.main) process.stdout.write(rolePermissionsSql());
