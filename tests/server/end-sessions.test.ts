import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { startServer } from '../stage/server.ts';
import { raisedLimits } from '../stage/shared-server.ts';
import { Client } from './client.ts';
import type { Account } from './client.ts';
import { testDatabase } from './test-database.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Runs the command as its npm script does. */
function endSessions(args: string[], env: { [name: string]: string }): { status: number | null; said: string } {
	const script = ['src/lib/server/sessions/end-sessions-command.ts', ...args];
	const { status, stdout, stderr } = spawnSync(process.execPath, script, {
		cwd: root,
		env: { PATH: process.env.PATH, ...env },
		encoding: 'utf8'
	});
	return { status, said: stdout + stderr };
}

async function problemOf(client: Client, { token }: Pick<Account, 'token'>): Promise<string> {
	const answer = await client.ask('GET', '/api/entities', { token });
	return answer.ok ? 'in' : ((await answer.json()) as { type: string }).type;
}

async function tokenIn(answer: Response): Promise<{ token: string }> {
	return { token: ((await answer.json()) as { access_token: string }).access_token };
}

test.each(['PGlite, by the running server', 'PostgreSQL'])(
	'the operator ends the sessions of one person, and of everybody, on %s',
	async (where) => {
		const dataFolder = await mkdtemp(join(tmpdir(), 'arca-end-'));
		const databaseUrl = where === 'PostgreSQL' ? await testDatabase() : '';
		const server = await startServer({ dataFolder, databaseUrl, env: raisedLimits });
		const env = { ARCA_DATA: dataFolder, ARCA_DATABASE_URL: databaseUrl };
		const client = await Client.of(server.url);
		const [ana, ben] = [await client.signUp(), await client.signUp()];
		const again = await tokenIn(await client.signIn(ana.email, ana.password));

		expect(endSessions([ana.email.toUpperCase()], env).said).toMatch(/^2 /);
		expect(await problemOf(client, ana)).toBe('/problems/session/revoked');
		expect(await problemOf(client, again)).toBe('/problems/session/revoked');
		expect(await problemOf(client, ben)).toBe('in');
		expect((await client.signIn(ana.email, ana.password)).status).toBe(200);

		expect(endSessions(['nobody@example.org'], env).said).toMatch(/^0 /);
		expect(endSessions(['--everybody'], env).said).toMatch(/^2 /);
		expect(await problemOf(client, ben)).toBe('/problems/session/revoked');
		const unclear = [[], [ana.email, '--everybody'], ['--everybody', '--close'], [ana.email, '--close', '--open']];
		for (const args of unclear) expect(endSessions(args, env).status).toBe(2);

		const zoe = await client.signUp();
		expect(endSessions([zoe.email, '--close'], env).said).toMatch(/^1 .* the account is closed/);
		expect(await problemOf(client, zoe)).toBe('/problems/session/revoked');
		const refused = await client.signIn(zoe.email, zoe.password);
		expect([refused.status, await refused.json()]).toMatchObject([403, { error_code: 'user_banned' }]);
		expect(endSessions([zoe.email, '--open'], env).said).toMatch(/^The account is open again/);
		expect((await client.signIn(zoe.email, zoe.password)).status).toBe(200);
		for (const how of ['--close', '--open'])
			expect(endSessions(['nobody@example.org', how], env)).toMatchObject({ status: 1 });

		await server.stop();
		if (!databaseUrl) expect(endSessions(['--everybody'], env), 'with the server stopped').toMatchObject({ status: 0 });
		await rm(dataFolder, { recursive: true });
	}
);
