/**
 * 5,000 records sealed anew under the next generation through the key worker in Chromium, against bare WebCrypto that
 * opens and seals the same sizes; and how long the page is kept waiting meanwhile, against one that does nothing.
 */
import { median } from '../stage/median.ts';
import { openBenchPage } from '../stage/bench-page.ts';
import type {} from './pages/keys.ts';

const count = 5_000;
const rounds = Number(process.env.ARCA_BENCH_ROUNDS ?? 9);

const bench = await openBenchPage('tests/bench/pages/keys.ts');
try {
	await bench.page.evaluate(() => keysBench.begin());
	const taken: Awaited<ReturnType<typeof keysBench.rotation>>[] = [];
	for (let round = -1; round < rounds; round++) {
		const one = await bench.page.evaluate((many) => keysBench.rotation(many), count);
		if (round >= 0) taken.push(one);
	}
	const of = (which: 'ours' | 'peer' | 'busy' | 'idle') => median(taken.map((one) => one[which]));
	const tell = (name: string, ours: number, peer: number, target: number | null) =>
		console.log(JSON.stringify({ bench: name, ours, peer, ratio: ours / peer, target }));
	tell('rotation', of('ours'), of('peer'), 2);
	tell('rotation-longest-task', of('busy'), of('idle'), null);
} finally {
	await bench.close();
}
