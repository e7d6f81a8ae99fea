import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startServer } from '../stage/server.ts';
import type { TestServer } from '../stage/server.ts';
import { testDatabase } from './test-database.ts';

let server: TestServer;

beforeAll(async () => {
	server = await startServer({ databaseUrl: await testDatabase() });
});
afterAll(() => server.stop());

/** Every answer has these, whoever wrote it: Kit, its files, its pages made at build time, or nobody. */
function expectEverywhere(headers: Headers): void {
	expect(headers.get('strict-transport-security')).toMatch(/^max-age=\d{8}; includeSubDomains$/);
	expect(headers.get('x-content-type-options')).toBe('nosniff');
	expect(headers.get('x-frame-options')).toBe('DENY');
	expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
	expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
	expect(headers.get('referrer-policy')).toBe('no-referrer');
	expect(headers.get('permissions-policy')).toContain('camera=()');
	expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
	expect(headers.get('access-control-allow-origin')).toBeNull();
	expect(headers.get('server')).toBeNull();
	expect(headers.get('x-powered-by')).toBeNull();
}

test.each(['/', '/sign-in', `/${randomUUID()}/finances/expense`, '/there/is/nothing/here'])(
	'the page %s carries every header',
	async (path) => {
		const answer = await fetch(`${server.url}${path}`);
		expectEverywhere(answer.headers);
		const html = await answer.text();
		const policies = `${answer.headers.get('content-security-policy')} ${/http-equiv="content-security-policy" content="([^"]+)"/.exec(html)?.[1] ?? ''}`;
		const sent = answer.headers.get('content-security-policy') ?? '';
		expect(sent, 'what a page says of itself is not reported, so both halves are sent').toContain('script-src ');
		for (const policy of sent.split(/, (?=[a-z-]+ ')/)) expect(policy).toMatch(/; report-uri \/api\/reports$/);
		// The two halves together name every directive, so nothing falls back to "anything goes".
		for (const directive of [
			'connect-src',
			'img-src',
			'font-src',
			'media-src',
			'manifest-src',
			'frame-src',
			'form-action'
		])
			expect(policies).toContain(`${directive} '`);
		for (const directive of ['script-src', 'style-src', 'worker-src', 'require-trusted-types-for'])
			expect(policies).toContain(directive);
		for (const closed of ['object-src', 'base-uri']) expect(policies).toContain(`${closed} 'none'`);
		expect(policies).not.toContain('default-src');
		// Every form is read by script: none is ever sent by the browser, wherever a planted one would send it.
		expect(policies).toContain("form-action 'none'");
		expect(policies).not.toMatch(/script-src[^;]*'unsafe-(inline|eval)'/);
		expect(answer.headers.get('cache-control')).toMatch(/no-cache|no-store|private/);
	}
);

test('a file of the build carries every header and may be kept for good', async () => {
	const html = await (await fetch(`${server.url}/sign-in`)).text();
	const path = /\/_app\/immutable\/[\w./-]+\.js/.exec(html)?.[0];
	const answer = await fetch(`${server.url}${path}`);
	expect(answer.status).toBe(200);
	expectEverywhere(answer.headers);
	expect(answer.headers.get('cache-control')).toContain('immutable');
	const again = await fetch(`${server.url}${path}`, {
		headers: { 'if-none-match': answer.headers.get('etag') ?? '' }
	});
	expect(again.status).toBe(304);
	// What a 304 says takes the place of what was said with the file.
	expect(again.headers.get('cache-control') ?? 'immutable').toContain('immutable');
});

test('a page that has not changed is still asked for anew each time', async () => {
	const { headers } = await fetch(`${server.url}/sign-in`);
	const again = await fetch(`${server.url}/sign-in`, { headers: { 'if-none-match': headers.get('etag') ?? '' } });
	expect(again.status).toBe(304);
	expect(again.headers.get('cache-control')).toBe('no-cache');
});

test.each([
	'/api/health',
	'/api/nothing',
	'/supabase/auth/v1/user',
	'/supabase/auth/v1/admin/users',
	// Letters may be written as their numbers: the routes understand them, so the headers must too.
	'/%61pi/health',
	'/%41pi/../%61pi/nothing',
	'/%73upabase/auth/v1/user'
])('the answer of %s is never a page and never kept', async (path) => {
	const answer = await fetch(`${server.url}${path}`);
	expectEverywhere(answer.headers);
	expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
	expect(answer.headers.get('content-security-policy')).toContain('sandbox');
	expect(answer.headers.get('cache-control')).toBe('no-store');
	expect(answer.headers.get('content-type')).toMatch(/json/);
});

test('no other origin is let in', async () => {
	const headers = { origin: 'https://elsewhere.example', 'access-control-request-method': 'POST' };
	const answer = await fetch(`${server.url}/supabase/rest/v1/records`, { method: 'OPTIONS', headers });
	expect(answer.headers.get('access-control-allow-origin')).toBeNull();
});
