/**
 * 64 MiB sealed and opened in Chromium as a file is: in parts, through the key worker. Beside it, in turns and in one run,
 * bare WebCrypto in chunks of 256 KiB, the npm package `age-encryption`, and libsodium's secretstream in the same chunks.
 * None of them takes a hash of what it sealed; ours does, for the file's record, and that is counted apart: `files-hashed`
 * is with it, against bare WebCrypto with as many bytes hashed. `ratio` is ours by theirs, `target` the most that it may be.
 */
import { openBenchPage } from '../stage/bench-page.ts';
import { median } from '../stage/median.ts';
import type {} from './pages/files.ts';

const size = 64 * 1024 * 1024;
const rounds = Number(process.env.ARCA_BENCH_ROUNDS ?? 9);
const ways = ['ours', 'bare', 'age', 'secretstream', 'hashed', 'bareHashed'] as const;
type Way = (typeof ways)[number];

const bench = await openBenchPage('tests/bench/pages/files.ts');
try {
	const { page } = bench;
	await page.evaluate((bytes) => filesBench.make(bytes), size);
	const took = new Map<string, number[]>();
	for (let round = -1; round < rounds; round++)
		for (const way of ways) {
			const { seal, open } = await page.evaluate((name) => filesBench[name](), way);
			// The first round compiles.
			if (round < 0) continue;
			for (const [verb, time] of Object.entries({ seal, open }))
				took.set(`${verb} ${way}`, [...(took.get(`${verb} ${way}`) ?? []), time]);
		}
	const tell = (name: string, verb: 'seal' | 'open', mine: Way, theirs: Way, target: number) => {
		const [ours, peer] = [mine, theirs].map((way) => median(took.get(`${verb} ${way}`) ?? [])) as [number, number];
		console.log(JSON.stringify({ bench: name, ours, peer, ratio: ours / peer, target }));
	};
	for (const verb of ['seal', 'open'] as const) {
		tell(`files-${verb}`, verb, 'ours', 'bare', 1.25);
		tell(`files-${verb}-age`, verb, 'ours', 'age', 1 / 5);
		tell(`files-${verb}-secretstream`, verb, 'ours', 'secretstream', 1 / 2);
	}
	tell('files-hashed', 'seal', 'hashed', 'bareHashed', 1.25);
} finally {
	await bench.close();
}
