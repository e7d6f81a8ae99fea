/**
 * A change put to wait and read back by the store, against the same bytes sealed and put into a bare table by Dexie,
 * which the disk has to confirm in both. In turns, in one run, in Chromium.
 */
import { median } from '../stage/median.ts';
import { openBenchPage } from '../stage/bench-page.ts';
import type {} from './pages/device.ts';

const count = 100;
const rounds = Number(process.env.ARCA_BENCH_ROUNDS ?? 9);

const bench = await openBenchPage('tests/bench/pages/device.ts');
try {
	const [ours, peer]: [number[], number[]] = [[], []];
	for (let round = -1; round < rounds; round++) {
		const mine = await bench.page.evaluate((many) => deviceBench.saveOurs(many), count);
		const theirs = await bench.page.evaluate((many) => deviceBench.saveBare(many), count);
		// The first round warms both sides up.
		if (round < 0) continue;
		ours.push(mine);
		peer.push(theirs);
	}
	const [mine, theirs] = [median(ours), median(peer)];
	console.log(JSON.stringify({ bench: 'save-device', ours: mine, peer: theirs, ratio: mine / theirs, target: 2 }));
} finally {
	await bench.close();
}
