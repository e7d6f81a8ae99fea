/**
 * A file of 1 GiB through the app: chosen on the form of a health document under user encryption, uploaded, then saved to
 * the disk again, to the byte. Meanwhile the resident sizes of the server and of the browser's page process (the key
 * worker is in it) are looked at, against what they were after a small file had gone the same way. In bytes.
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { hashOfFile, openFilesApp, writeRandomFile } from '../stage/files-app.ts';
import { peakOf } from '../stage/resident-size.ts';
import { openUnwatched } from '../stage/unwatched-app.ts';
import type { UnwatchedApp } from '../stage/unwatched-app.ts';

const MIB = 1024 * 1024;
const size = Number(process.env.ARCA_BENCH_MIB ?? 1024) * MIB;

const app = await openFilesApp();
try {
	await app.leave();
	const unwatched = await openUnwatched(app);
	try {
		// Code that runs for the first time, and what a database keeps of its pages, are no matter of a file's size.
		await thereAndBack(unwatched, 'small.bin', 40 * MIB);
		await unwatched.collectGarbage();
		const peaks = { server: peakOf(app.server.pid), renderer: peakOf(unwatched.renderer) };
		const took = await thereAndBack(unwatched, 'large.bin', size);
		for (const [name, target] of [
			['server', 64 * MIB],
			['renderer', 128 * MIB]
		] as const) {
			const { before, growth } = await peaks[name].end();
			console.log(JSON.stringify({ bench: `files-large-${name}`, ours: growth, peer: before, target, size, ...took }));
		}
	} finally {
		await unwatched.close();
	}
} finally {
	await app.close();
}

/** Uploads so many random bytes and saves them again. Gives milliseconds; throws where another file comes back. */
async function thereAndBack({ upload, save }: UnwatchedApp, name: string, bytes: number) {
	const path = join(app.folder, name);
	await writeRandomFile(path, bytes, name);
	const started = performance.now();
	await upload(path);
	const sent = performance.now();
	const saved = await save(name);
	const read = performance.now();
	if ((await hashOfFile(saved)) !== (await hashOfFile(path))) throw new Error('another file came back');
	await Promise.all([rm(saved), rm(path)]);
	return { uploadTook: Math.round(sent - started), downloadTook: Math.round(read - sent) };
}
