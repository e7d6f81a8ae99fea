/**
 * A whole upload of 64 MiB through the app under user encryption, from the choice of the file to the moment that it is
 * there (sealed in the browser and on the server, its hash taken, noted on the device, held against its size, named by a
 * record), against the same page that sends the same file to the same storage in objects of the same size, one after
 * another, without any layer. In turns, in one run.
 */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Config } from '../../src/lib/api/config.ts';
import { plainName } from '../../src/lib/api/plain-objects.ts';
import { openFilesApp, writeRandomFile } from '../stage/files-app.ts';
import type { FilesApp } from '../stage/files-app.ts';
import { median } from '../stage/median.ts';

const size = 64 * 1024 * 1024;
const part = 4 * 1024 * 1024;
const rounds = Number(process.env.ARCA_BENCH_ROUNDS ?? 7);
const target = 1.6;

const app = await openFilesApp();
try {
	const { url } = app.server;
	const { publishableKey: apikey } = (await (await fetch(`${url}/api/config`)).json()) as Config;
	const [ours, peer]: [number[], number[]] = [[], []];
	for (let round = -1; round < rounds; round++) {
		const path = join(app.folder, `round-${round}.bin`);
		await writeRandomFile(path, size, `round ${round}`);
		const mine = await app.upload(path);
		const theirs = await bare(app, path, { apikey, authorization: `Bearer ${await signIn(apikey)}` });
		// The first round warms both sides up.
		if (round < 0) continue;
		ours.push(mine);
		peer.push(theirs);
	}
	const [mine, theirs] = [median(ours), median(peer)];
	console.log(JSON.stringify({ bench: 'upload', ours: mine, peer: theirs, ratio: mine / theirs, target }));
} finally {
	await app.close();
}

async function signIn(apikey: string): Promise<string> {
	const answer = await fetch(`${app.server.url}/supabase/auth/v1/token?grant_type=password`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', apikey },
		body: JSON.stringify(app.person)
	});
	return ((await answer.json()) as { access_token: string }).access_token;
}

/** Sends a file from the page straight to storage; gives milliseconds. */
async function bare({ page, entity }: FilesApp, path: string, headers: Record<string, string>): Promise<number> {
	const input = await page.evaluateHandle(() => Object.assign(document.createElement('input'), { type: 'file' }));
	await input.setInputFiles(path);
	const count = size / part;
	const names = Array.from({ length: count }, () => plainName({ entity, kind: 'attachment', id: randomUUID() }));
	const took = await input.evaluate(
		async ({ files }, { paths, bytes, sent }) => {
			const [file] = files ?? [];
			const start = performance.now();
			for (const [at, name] of paths.entries()) {
				const body = file?.slice(at * bytes, (at + 1) * bytes) ?? null;
				const answer = await fetch(`/supabase/storage/v1/object/plain/${name}`, {
					method: 'POST',
					headers: sent,
					body
				});
				if (!answer.ok) throw new Error(`storage answered ${answer.status}: ${await answer.text()}`);
				await answer.json();
			}
			return performance.now() - start;
		},
		{ paths: names, bytes: part, sent: { ...headers, 'content-type': 'application/octet-stream' } }
	);
	await input.dispose();
	return took;
}
