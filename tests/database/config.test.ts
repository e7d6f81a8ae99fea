import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { PASSWORD_LENGTH } from '../../src/lib/server/settings.ts';
import { migrations } from './database.ts';

const root = new URL('../../', import.meta.url);
const config = await readFile(new URL('supabase/config.toml', root), 'utf8');

/** The settings of one table of the file, as text. */
function settings(table: string): Record<string, string> {
	const [, after = ''] = config.split(`\n[${table}]\n`);
	const [own = ''] = after.split(/^\[/m);
	return Object.fromEntries([...own.matchAll(/^(\w+) = (.+)$/gm)].map(([, name = '', value = '']) => [name, value]));
}

test('a hosted project serves the schema public and no other', () => {
	expect(settings('api').schemas).toBe('["public"]');
});

test('changing the e-mail needs both addresses, changing the password a fresh session', () => {
	expect(settings('auth.email')).toMatchObject({
		double_confirm_changes: 'true',
		secure_password_change: 'true',
		enable_confirmations: 'true'
	});
});

test('codes have ten digits and tokens live for minutes', () => {
	expect(settings('auth.email').otp_length).toBe('10');
	expect(Number(settings('auth.email').otp_expiry), 'ten minutes at most').toBeLessThanOrEqual(600);
	expect(Number(settings('auth').jwt_expiry)).toBeLessThanOrEqual(900);
	expect(settings('auth').enable_refresh_token_rotation).toBe('true');
});

test('a password is as long as the server has it, of whatever characters', () => {
	expect(settings('auth').minimum_password_length).toBe(String(PASSWORD_LENGTH));
	expect(settings('auth').password_requirements).toBe('""');
});

test('guessing is slowed down by a function that the migrations bring', async () => {
	const { enabled, uri = '' } = settings('auth.hook.password_verification_attempt');
	expect(enabled).toBe('true');
	const [, schema, name] = /^"pg-functions:\/\/postgres\/(\w+)\/(\w+)"$/.exec(uri) ?? [];
	const text = (await migrations()).map((migration) => migration.text).join('\n');
	expect(text).toContain(`create function ${schema}.${name}(event jsonb) returns jsonb`);
});

test('sessions end', () => {
	expect(settings('auth.sessions')).toEqual({ timebox: '"2160h"', inactivity_timeout: '"720h"' });
});

test('every mail is there, in both languages, with a code and without a link', async () => {
	const templates = ['confirmation', 'recovery', 'email_change', 'reauthentication', 'magic_link', 'invite'];
	for (const name of templates) {
		const path = settings(`auth.email.template.${name}`).content_path?.slice(1, -1) ?? '';
		const text = await readFile(new URL(path, root), 'utf8');
		expect(text).toContain('{{ .Token }}');
		expect(text).toMatch(/[Yy]our code/);
		expect(text).toMatch(/[Ss]u código/);
		expect(text).not.toMatch(/href|http|ConfirmationURL/);
	}
	for (const name of ['password_changed', 'email_changed']) {
		const path = settings(`auth.email.notification.${name}`).content_path?.slice(1, -1) ?? '';
		const text = await readFile(new URL(path, new URL('supabase/', root)), 'utf8');
		expect(text).toMatch(/was changed/);
		expect(text).toMatch(/ha cambiado/);
	}
});
