import type { Role } from './roles.ts';

const ALL: readonly Role[] = ['owner', 'administrator', 'analyst', 'member', 'viewer'];
const READ_REPORTS: readonly Role[] = ['owner', 'administrator', 'analyst', 'viewer'];
const TALK: readonly Role[] = ['owner', 'administrator', 'analyst', 'member'];
const WRITE: readonly Role[] = ['owner', 'administrator', 'member'];
const ANALYSE: readonly Role[] = ['owner', 'administrator', 'analyst'];
const ADMINISTER: readonly Role[] = ['owner', 'administrator'];
const OWN: readonly Role[] = ['owner'];

/** Who may do it, and whether the feature is not there yet: a reserved permission is denied to everybody. */
interface Rule {
	readonly roles: readonly Role[];
	readonly reserved?: true;
}

/**
 * The one table of permissions. The database's copy (app.role_permissions) is generated from it; on top of the role a
 * membership says which domains it opens.
 */
const TABLE = {
	'entity.view': { roles: ALL },
	'records.view': { roles: ALL },
	'files.view': { roles: ALL },
	'chat.view': { roles: ALL },
	'reports.view': { roles: READ_REPORTS, reserved: true },
	'dashboards.view': { roles: READ_REPORTS, reserved: true },
	'chat.post': { roles: TALK },
	'records.create': { roles: WRITE },
	'records.edit': { roles: WRITE },
	'files.upload': { roles: WRITE },
	'members.view': { roles: ANALYSE, reserved: true },
	'reports.create': { roles: ANALYSE, reserved: true },
	'reports.export': { roles: ANALYSE },
	'dashboards.edit': { roles: ANALYSE, reserved: true },
	'dashboards.share': { roles: ANALYSE, reserved: true },
	'connections.view': { roles: ANALYSE, reserved: true },
	'automations.view': { roles: ANALYSE, reserved: true },
	'records.delete': { roles: ADMINISTER },
	'records.restore': { roles: ADMINISTER },
	'files.delete': { roles: ADMINISTER },
	'members.invite': { roles: ADMINISTER, reserved: true },
	'members.remove': { roles: ADMINISTER, reserved: true },
	'entity.edit': { roles: ADMINISTER },
	'connections.connect': { roles: ADMINISTER, reserved: true },
	'connections.disconnect': { roles: ADMINISTER, reserved: true },
	'automations.edit': { roles: ADMINISTER, reserved: true },
	'audit.view': { roles: ADMINISTER },
	'security.view': { roles: ADMINISTER },
	'keys.rotate': { roles: ADMINISTER },
	'entity.delete': { roles: OWN },
	'entity.transfer': { roles: OWN, reserved: true },
	'members.change_role': { roles: OWN, reserved: true },
	'api_keys.manage': { roles: OWN, reserved: true },
	'security.edit': { roles: OWN },
	'audit.export': { roles: OWN, reserved: true }
} as const satisfies Record<string, Rule>;

export type Permission = keyof typeof TABLE;

/** The 35 permissions with their rules. */
export const PERMISSIONS: Readonly<Record<Permission, Rule>> = TABLE;

/** The names of the permissions, in the order of the table. */
export const PERMISSION_NAMES = Object.keys(TABLE) as Permission[];

/** What the table gives a role, reserved permissions included. */
export function permissionsOf(role: Role): Permission[] {
	return PERMISSION_NAMES.filter((name) => PERMISSIONS[name].roles.includes(role));
}

/** Whether a role may do it now: the table says so and the feature is there. */
export function may(role: Role, permission: Permission): boolean {
	const rule = PERMISSIONS[permission];
	return rule.reserved !== true && rule.roles.includes(role);
}
