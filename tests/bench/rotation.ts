/**
 * 5,000 records sealed anew under the next generation through the key worker in Chromium, against bare WebCrypto that
 * opens and seals the same sizes; and the longest task of the page's main thread meanwhile, against one that does nothing.
 */
import { openBenchPage } from '../stage/bench-page.ts';
import { longestTask } from '../stage/longest-task.ts';
import { median } from '../stage/median.ts';
import type {} from './pages/keys.ts';

const count = 5_000;
const rounds = Number(process.env.ARCA_BENCH_ROUNDS ?? 9);

const bench = await openBenchPage('tests/bench/pages/keys.ts');
try {
	await bench.page.evaluate(() => keysBench.begin());
	const taken = { ours: [] as number[], peer: [] as number[], busy: [] as number[], idle: [] as number[] };
	for (let round = -1; round < rounds; round++) {
		await bench.page.evaluate((many) => keysBench.rotate(many), count);
		const ours = await bench.page.evaluate(() => keysBench.reseal());
		const peer = await bench.page.evaluate(() => keysBench.bareReseal());
		// Apart from the times: a trace slows down what it looks at.
		const busy = await longestTask(bench.page, () => bench.page.evaluate(() => keysBench.reseal()));
		const idle = await longestTask(bench.page, () => bench.page.waitForTimeout(ours));
		// The first round warms both sides up.
		if (round < 0) continue;
		for (const [name, time] of Object.entries({ ours, peer, busy, idle })) taken[name as keyof typeof taken].push(time);
	}
	const tell = (name: string, ours: number, peer: number, more: object) =>
		console.log(JSON.stringify({ bench: name, ours, peer, ratio: ours / peer, ...more }));
	tell('rotation', median(taken.ours), median(taken.peer), { target: 2 });
	tell('rotation-longest-task', median(taken.busy), median(taken.idle), { target: null });
} finally {
	await bench.close();
}
