/**
 * 10,000 records sealed and opened through the key worker in Chromium, against bare WebCrypto on the same sizes: record
 * by record (signatures, which WebCrypto makes as well, are counted apart), and as the device keeps them, in pages.
 */
import { median } from '../stage/median.ts';
import { openBenchPage } from '../stage/bench-page.ts';
import type {} from './pages/keys.ts';

const count = 10_000;
const rounds = Number(process.env.ARCA_BENCH_ROUNDS ?? 9);

const bench = await openBenchPage('tests/bench/pages/keys.ts');
try {
	await bench.page.evaluate(() => keysBench.begin());
	const took: { [name: string]: { ours: number[]; peer: number[] } } = {};
	const note = (name: string, ours: number, peer: number) => {
		const times = (took[name] ??= { ours: [], peer: [] });
		times.ours.push(ours);
		times.peer.push(peer);
	};
	for (let round = -1; round < rounds; round++) {
		const records = await bench.page.evaluate((many) => keysBench.records(many), count);
		const pages = await bench.page.evaluate((many) => keysBench.pages(many), count);
		// The first round warms both sides up.
		if (round < 0) continue;
		const { ours, peer, signed } = records;
		note('seal-records', ours.seal - signed.sign, peer.seal);
		note('open-records', ours.open - signed.verify, peer.open);
		note('sign-and-verify', ours.seal + ours.open, signed.sign + signed.verify);
		note('seal-pages', pages.ours.seal, pages.peer.seal);
		note('open-pages', pages.ours.open, pages.peer.open);
	}
	for (const [name, times] of Object.entries(took)) {
		const [ours, peer] = [median(times.ours), median(times.peer)];
		const target = name === 'sign-and-verify' ? null : 1.3;
		console.log(JSON.stringify({ bench: name, ours, peer, ratio: ours / peer, target }));
	}
} finally {
	await bench.close();
}
