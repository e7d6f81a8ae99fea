import type { Role } from '$lib/api/ids.ts';
import { m } from '$messages';

const names: Readonly<Record<Role, () => string>> = {
	owner: () => m.entities_role_owner(),
	administrator: () => m.entities_role_administrator(),
	analyst: () => m.entities_role_analyst(),
	member: () => m.entities_role_member(),
	viewer: () => m.entities_role_viewer()
};

/** A role in the person's words. */
export function roleName(role: Role): string {
	return names[role]();
}
