/**
 * A file of 1 GiB through the app: chosen on the form of a health document under user encryption, uploaded, then saved to
 * the disk again, to the byte. Meanwhile the resident sizes of the server and of the browser's page process (the key
 * worker is in it) are looked at, against what they were after a small file had gone the same way. In bytes.
 */
import { join } from 'node:path';
import { act } from '../e2e/with-files.ts';
import { hashOfFile, openFilesApp, writeRandomFile } from '../stage/files-app.ts';
import type { FilesApp } from '../stage/files-app.ts';
import { garbageOf } from '../stage/garbage.ts';
import { peakOf, residentSize } from '../stage/resident-size.ts';

const MIB = 1024 * 1024;
const size = Number(process.env.ARCA_BENCH_MIB ?? 1024) * MIB;
const most = { server: 64 * MIB, renderer: 128 * MIB } as const;

const app = await openFilesApp();
try {
	// Code that runs for the first time, and what a database keeps of its pages, are no matter of a file's size.
	await thereAndBack(app, 'small.bin', 40 * MIB);
	const [server, ...renderers] = [app.server.pid, ...(await app.renderers())];
	const sizes = await Promise.all(renderers.map(residentSize));
	const renderer = renderers[sizes.indexOf(Math.max(...sizes))] ?? 0;
	await (
		await garbageOf(app.page)
	)();
	const peaks = [peakOf(server), peakOf(renderer)] as const;
	const took = await thereAndBack(app, 'large.bin', size);
	const [ofServer, ofRenderer] = await Promise.all(peaks.map((peak) => peak.end()));
	for (const [name, peak, target] of [
		['server', ofServer, most.server],
		['renderer', ofRenderer, most.renderer]
	] as const) {
		const { before = 0, growth = 0 } = peak ?? {};
		console.log(JSON.stringify({ bench: `files-large-${name}`, ours: growth, peer: before, target, size, ...took }));
	}
} finally {
	await app.close();
}

/** Uploads so many random bytes and saves them again. Gives milliseconds; throws where another file comes back. */
async function thereAndBack({ page, folder, upload }: FilesApp, name: string, bytes: number) {
	const path = join(folder, name);
	await writeRandomFile(path, bytes, name);
	const started = performance.now();
	await upload(path);
	const sent = performance.now();
	const begun = page.waitForEvent('download');
	await act(page, name, 'Download');
	const download = await begun;
	const saved = await download.path();
	const read = performance.now();
	if ((await hashOfFile(saved)) !== (await hashOfFile(path))) throw new Error('another file came back');
	await download.delete();
	return { uploadTook: Math.round(sent - started), downloadTook: Math.round(read - sent) };
}
