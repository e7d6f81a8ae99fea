import { describe, expect, test } from 'vitest';
import { may, PERMISSION_NAMES, PERMISSIONS, permissionsOf } from '../../../src/lib/access/permissions.ts';
import { isAtLeast, isRole, ROLES } from '../../../src/lib/access/roles.ts';

describe('the table of permissions', () => {
	test('has 35 permissions', () => {
		expect(PERMISSION_NAMES).toHaveLength(35);
	});

	test.each([
		['owner', 35],
		['administrator', 29],
		['analyst', 14],
		['member', 8],
		['viewer', 6]
	] as const)('gives the %s %i of them', (role, count) => {
		expect(permissionsOf(role)).toHaveLength(count);
	});

	test('gives an owner whatever anybody has, and an administrator all but what is the owner’s own', () => {
		for (const role of ROLES) expect(permissionsOf('owner')).toEqual(expect.arrayContaining(permissionsOf(role)));
		const own = permissionsOf('owner').filter((name) => !permissionsOf('administrator').includes(name));
		expect(own).toEqual([
			'entity.delete',
			'entity.transfer',
			'members.change_role',
			'api_keys.manage',
			'security.edit',
			'audit.export'
		]);
	});

	test('lets a viewer read and nothing else', () => {
		expect(permissionsOf('viewer').every((name) => name.endsWith('.view'))).toBe(true);
	});

	test('lets a member move a record to the bin, but neither restore it nor delete it for good', () => {
		expect(may('member', 'records.edit')).toBe(true);
		expect(may('member', 'records.restore')).toBe(false);
		expect(may('member', 'records.delete')).toBe(false);
		expect(may('administrator', 'records.delete')).toBe(true);
	});

	test('denies a reserved permission to everybody, the owner too', () => {
		const reserved = PERMISSION_NAMES.filter((name) => PERMISSIONS[name].reserved);
		expect(reserved.length).toBeGreaterThan(0);
		for (const name of reserved) for (const role of ROLES) expect(may(role, name)).toBe(false);
	});

	test('puts the roles in an order', () => {
		expect(isAtLeast('owner', 'administrator')).toBe(true);
		expect(isAtLeast('viewer', 'viewer')).toBe(true);
		expect(isAtLeast('viewer', 'member')).toBe(false);
		expect(isRole('viewer')).toBe(true);
		expect(isRole('superuser')).toBe(false);
	});
});
