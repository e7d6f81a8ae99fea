import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SHARE, SHARE_FIELD, SHARED } from '../../src/lib/files/share-words.ts';
import { startServer } from '../stage/server.ts';
import type { TestServer } from '../stage/server.ts';
import { testDatabase } from './test-database.ts';

interface Entry {
	url: string;
	revision: string | null;
	integrity: string;
	/** Kept from when it is used first. */
	late?: true;
}

let server: TestServer;
let worker: string;
let kept: Entry[];

beforeAll(async () => {
	server = await startServer({ databaseUrl: await testDatabase() });
	worker = await (await fetch(`${server.url}/service-worker.js`)).text();
	const list = /\[\{"integrity".*?\}\]/.exec(worker)?.[0] ?? '[]';
	kept = JSON.parse(list) as Entry[];
});
afterAll(() => server.stop());

test.each([
	['/service-worker.js', /^(text|application)\/javascript/],
	['/manifest.webmanifest', /^application\/manifest\+json/],
	['/locale.js', /^(text|application)\/javascript/],
	['/_app/version.json', /^application\/json/],
	['/', /^text\/html/],
	['/sign-in', /^text\/html/]
])('%s is asked for anew each time, since it is not named by its content', async (path, type) => {
	const answer = await fetch(`${server.url}${path}`);
	expect(answer.status).toBe(200);
	expect(answer.headers.get('content-type')).toMatch(type);
	expect(answer.headers.get('cache-control')).toBe('no-cache');
});

test('a file that is gone with an older build is not kept as missing for good', async () => {
	const answer = await fetch(`${server.url}/_app/immutable/chunks/gone.js`);
	expect(answer.status).toBe(404);
	expect(answer.headers.get('cache-control')).not.toContain('immutable');
});

test('every file that the service worker keeps is served with the very bytes it was listed with', async () => {
	expect(kept.length).toBeGreaterThan(100);
	let size = 0;
	for (const { url, integrity, late } of kept) {
		const answer = await fetch(`${server.url}${url}`);
		const bytes = new Uint8Array(await answer.arrayBuffer());
		if (!late) size += bytes.length;
		expect(answer.status, url).toBe(200);
		expect(`sha256-${createHash('sha256').update(bytes).digest('base64')}`, url).toBe(integrity);
	}
	// What a phone downloads for an installed Arca, before compression.
	expect(size).toBeLessThan(4 * 1024 * 1024);
});

test('of the built files only the lists of words for new passwords are left out, and the reader of PDFs waits until it is used', () => {
	const urls = new Set(kept.map(({ url }) => url));
	const folder = fileURLToPath(new URL('../../build/client/_app/immutable', import.meta.url));
	const built = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
		/\.(js|css|wasm)$/.test(file)
	);
	const left = built.filter((file) => !urls.has(`/_app/immutable/${file}`));
	expect(left.map((file) => /[AB]the[AB]|[AB]que[AB]|qwerty/.test(readFileSync(join(folder, file), 'utf8')))).toEqual([
		true,
		true,
		true
	]);
	const late = kept.filter((entry) => entry.late).map(({ url }) => url);
	const names = [/pdf\.worker/, /jbig2/, /openjpeg/, /./].map((name) => late.find((url) => name.test(url)));
	expect([late.length, names.includes(undefined)]).toEqual([4, false]);
	const reader = late.find((url) => !/pdf\.worker|jbig2|openjpeg/.test(url)) ?? '';
	expect(readFileSync(join(folder, reader.slice('/_app/immutable/'.length)), 'utf8')).toContain(
		'PDFDataRangeTransport'
	);
});

test('the service worker keeps the app and its doors, every worker and style, and nothing that answers data', () => {
	const urls = kept.map(({ url }) => url);
	expect(urls).toEqual(expect.arrayContaining(['/', '/sign-in', '/create-account', '/reset', '/locale.js']));
	expect(urls.filter((url) => /\/workers\/.*\.js$/.test(url)).length).toBeGreaterThan(0);
	expect(urls.filter((url) => url.endsWith('.css')).length).toBeGreaterThan(0);
	expect(urls.filter((url) => /^\/(api|supabase|\.well-known)(\/|$)|version\.json|service-worker/.test(url))).toEqual(
		[]
	);
	// Whatever is not named by its content says which content it means.
	expect(kept.filter(({ url, revision }) => !revision && !url.startsWith('/_app/immutable/'))).toEqual([]);
});

test('the kept page holds no content, and the policy of scripts and Trusted Types', async () => {
	const html = await (await fetch(`${server.url}/`)).text();
	expect(html).toContain("require-trusted-types-for 'script'");
	expect(html).toMatch(/script-src 'self' 'wasm-unsafe-eval' 'sha256-[\w+/=]+'/);
	expect(html).not.toMatch(/<(main|h1)\b/);
	// It is shown at any depth: no address in it may be relative.
	expect(html.match(/(?:src|href)="(?!\/)[^"]*"|import\("(?!\/)/g)).toBeNull();
});

test('answers with data name the build that is served, pages do not need to', async () => {
	const { version } = (await (await fetch(`${server.url}/_app/version.json`)).json()) as { version: string };
	expect(version).toMatch(/^[0-9a-f]{16}$/);
	const data = await fetch(`${server.url}/api/health`);
	expect(data.headers.get('arca-build')).toBe(version);
	const page = await fetch(`${server.url}/${randomUUID()}/finances/expense`);
	expect(page.headers.get('arca-build')).toBeNull();
});

test('every icon and screenshot of the manifest is there, of the type and size it says', async () => {
	const manifest = (await (await fetch(`${server.url}/manifest.webmanifest`)).json()) as {
		icons: { src: string; sizes: string; type: string; purpose: string }[];
		screenshots: { src: string; sizes: string; type: string; form_factor: string }[];
	};
	const pictures = [...manifest.icons, ...manifest.screenshots];
	for (const { src, sizes, type } of pictures) {
		const answer = await fetch(`${server.url}${src}`);
		expect(answer.headers.get('content-type'), src).toBe(type);
		if (type !== 'image/png') continue;
		const bytes = Buffer.from(await answer.arrayBuffer());
		expect(`${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`, src).toBe(sizes);
	}
	expect(manifest.icons.map(({ purpose }) => purpose)).toContain('maskable');
	expect(manifest.screenshots.map((screenshot) => screenshot.form_factor).sort()).toEqual(['narrow', 'wide']);
});

test('the manifest shares files where the service worker takes them; without one nothing of them is read, and the app says so', async () => {
	const manifest = (await (await fetch(`${server.url}/manifest.webmanifest`)).json()) as {
		share_target: { action: string; method: string; enctype: string; params: { files: { name: string }[] } };
		file_handlers: { action: string; accept: Record<string, string[]> }[];
	};
	const { action, params, ...how } = manifest.share_target;
	expect(how).toEqual({ method: 'POST', enctype: 'multipart/form-data' });
	expect([action, ...params.files.map(({ name }) => name)]).toEqual([SHARE, SHARE_FIELD]);
	const opened = new Map(
		manifest.file_handlers.flatMap((handler) =>
			Object.values(handler.accept).flatMap((names) => names.map((name) => [name, handler.action]))
		)
	);
	expect([opened.get('.pdf'), opened.get('.csv')]).toEqual([SHARED, '/import']);

	const body = new FormData();
	body.append(SHARE_FIELD, new File([new Uint8Array(3_000_000)], 'receipt.jpg'));
	const answer = await fetch(server.url + SHARE, {
		method: 'POST',
		body,
		redirect: 'manual',
		headers: { origin: 'null' }
	});
	expect([answer.status, answer.headers.get('location')]).toEqual([303, '/share?refused=no-worker']);
	expect((await fetch(`${server.url}/share?refused=no-worker`)).headers.get('content-type')).toMatch(/^text\/html/);
});
