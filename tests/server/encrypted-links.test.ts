import { SmtpEmailDriver } from '@supabase/lite';
import { expect, test } from 'vitest';
import { smtpOptions } from '../../src/lib/server/mail/create-mail.ts';
import { readSettings } from '../../src/lib/server/settings.ts';
import { startMailServer } from '../stage/mail-server.ts';

const key = { SUPABASE_PUBLISHABLE_KEY: 'sb_publishable_0123456789' };

test.each([
	{ ...key, SUPABASE_URL: 'http://supabase.example.org' },
	{ ...key, SUPABASE_URL: 'http://127.0.0.1.example.org' },
	{ ...key, SUPABASE_URL: 'http://localhost@example.org' },
	{ ARCA_DATABASE_URL: 'postgres://arca@db.example.org/arca' },
	{ ARCA_DATABASE_URL: 'postgres://arca@db.example.org/arca?sslmode=require' },
	{ ARCA_DATABASE_URL: 'postgres://arca@localhost,db.example.org/arca' }
])('the server does not start with %o, unless it is said to be safe', (env) => {
	expect(() => readSettings(env)).toThrow(/ARCA_PLAINTEXT=allowed/);
	expect(readSettings({ ...env, ARCA_PLAINTEXT: 'allowed' }).plaintext).toBe(true);
});

test.each([
	{ ...key, SUPABASE_URL: 'https://project.supabase.co' },
	{ ...key, SUPABASE_URL: 'http://127.0.0.1:54321' },
	{ ARCA_DATABASE_URL: 'postgres://arca@db.example.org/arca?sslmode=verify-full' },
	{ ARCA_DATABASE_URL: 'postgres://arca@localhost:5432/arca' },
	{ ARCA_DATABASE_URL: 'postgres://arca@[::1]/arca' },
	{ ARCA_DATABASE_URL: 'postgres://%2Frun%2Fpostgresql/arca' },
	{}
])('it does with %o', (env) => {
	expect(readSettings(env).plaintext).toBe(false);
});

test('a mail server of another machine that offers no TLS is given no letter', async () => {
	const mail = await startMailServer();
	const { hostname: host, port } = new URL(mail.url);
	const letter = { to: 'ana@example.org', subject: 'Arca', text: 'a code' };
	/** As for that address, led to the stand-in, which speaks no TLS. */
	const send = (address: string, plaintext = false) =>
		new SmtpEmailDriver({ ...smtpOptions(address, 'arca@example.org', plaintext), host, port: Number(port) }).send(
			letter
		);
	await expect(send('smtp://mail.example.org')).rejects.toThrow(/STARTTLS/);
	await expect(send('smtp://user:password@mail.example.org')).rejects.toThrow(/STARTTLS/);
	await send('smtp://mail.example.org', true);
	expect((await mail.next()).to).toContain('ana@example.org');
	await send(mail.url);
	expect((await mail.next()).to).toContain('ana@example.org');
	expect(smtpOptions('smtps://mail.example.org', 'arca@example.org', false)).toMatchObject({ secure: true, port: 465 });
	await mail.stop();
});
