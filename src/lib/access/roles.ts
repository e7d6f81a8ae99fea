/** The five tiers of a membership, from the most to the least that it may do. */
export const ROLES = ['owner', 'administrator', 'analyst', 'member', 'viewer'] as const;

export type Role = (typeof ROLES)[number];

/** What an invitation offers unless the inviter chooses otherwise. */
export const DEFAULT_ROLE: Role = 'member';

/** Whether a text names a role. */
export function isRole(text: string): text is Role {
	return (ROLES as readonly string[]).includes(text);
}

/** Whether `role` stands at least as high as `other`: nobody grants, changes or removes what stands above them. */
export function isAtLeast(role: Role, other: Role): boolean {
	return ROLES.indexOf(role) <= ROLES.indexOf(other);
}
