/**
 * 100,000 records opened from the device by the store's `read`, against one bare request for all pages, AES-GCM and
 * JSON.parse on each. In turns, in one run, in Chromium.
 */
import { median } from '../stage/median.ts';
import { openBenchPage } from '../stage/bench-page.ts';
import type {} from './pages/device.ts';

const count = 100_000;
const rounds = Number(process.env.ARCA_BENCH_ROUNDS ?? 9);

const bench = await openBenchPage('tests/bench/pages/device.ts');
try {
	await bench.page.evaluate((many) => deviceBench.fill(many), count);
	const [ours, peer]: [number[], number[]] = [[], []];
	for (let round = -1; round < rounds; round++) {
		const mine = await bench.page.evaluate((many) => deviceBench.openOurs(many), count);
		const theirs = await bench.page.evaluate((many) => deviceBench.openRaw(many), count);
		// The first round warms both sides up.
		if (round < 0) continue;
		ours.push(mine);
		peer.push(theirs);
	}
	const [mine, theirs] = [median(ours), median(peer)];
	console.log(JSON.stringify({ bench: 'open-device', ours: mine, peer: theirs, ratio: mine / theirs, target: 1.5 }));
} finally {
	await bench.close();
}
