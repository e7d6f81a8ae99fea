/**
 * 10,000 records sealed and opened through the key worker in Chromium, beside bare WebCrypto that does the same in the page
 * with the same records: JSON, UTF-8, a fresh nonce and the cipher, and back. Record by record (signatures are counted
 * apart): given to the worker in one call, which cuts it up itself, against WebCrypto with all of them begun at once or 250,
 * whichever is faster; beside it in calls of 250, each waited for, as short answers come. And in pages, as the device keeps
 * them, several passes a round. `cipher` is what WebCrypto takes for its calls alone, on buffers that
 * are there before: no program that starts from a record can reach it. Garbage is collected before each time, in the page
 * and in the worker, and every other round goes the other way round: nobody cleans up after another.
 */
import { openBenchPage } from '../stage/bench-page.ts';
import { median } from '../stage/median.ts';
import type {} from './pages/keys.ts';

const count = 10_000;
const rounds = Number(process.env.ARCA_BENCH_ROUNDS ?? 9);

const isOdd = (round: number): boolean => round % 2 !== 0;

interface Times {
	ours: number[];
	/** Of each way to ask WebCrypto. */
	peers: number[][];
	cipher: number[];
}

const bench = await openBenchPage('tests/bench/pages/keys.ts', ['--js-flags=--expose-gc']);
try {
	await bench.page.evaluate(() => keysBench.begin());
	const took: { [name: string]: Times } = {};
	const note = (name: string, ours: number, peers: readonly number[], cipher: number) => {
		const times = (took[name] ??= { ours: [], peers: peers.map(() => []), cipher: [] });
		times.ours.push(ours);
		peers.forEach((time, at) => times.peers[at]?.push(time));
		times.cipher.push(cipher);
	};
	for (let round = -1; round < rounds; round++) {
		const records = await bench.page.evaluate(([many, isOdd]) => keysBench.records(many, isOdd), [
			count,
			isOdd(round)
		] as const);
		// The first round warms both sides up.
		if (round < 0) continue;
		for (const verb of ['seal', 'open'] as const) {
			const { ours, paged, signed, peerAll, peerPaged, cipher, bare } = records;
			const peer = [peerAll[verb], peerPaged[verb]] as const;
			note(`${verb}-records`, ours[verb], peer, cipher[verb]);
			note(`${verb}-records-by-250`, paged[verb], peer, cipher[verb]);
			const signedPeer = [peer[0] + bare[verb], peer[1] + bare[verb]] as const;
			note(`${verb}-signed-records`, signed[verb], signedPeer, cipher[verb] + bare[verb]);
		}
	}
	// By themselves: a page takes so little that what single records leave to be collected would be most of it.
	for (let round = -1; round < rounds; round++) {
		const { ours, peer, cipher } = await bench.page.evaluate(([many, isOdd]) => keysBench.pages(many, isOdd), [
			count,
			isOdd(round)
		] as const);
		if (round < 0) continue;
		for (const verb of ['seal', 'open'] as const) note(`${verb}-pages`, ours[verb], [peer[verb]], cipher[verb]);
	}
	for (const [name, times] of Object.entries(took)) {
		const [ours, peer, cipher] = [median(times.ours), Math.min(...times.peers.map(median)), median(times.cipher)];
		const target = /signed|by-250/.test(name) ? null : 1.3;
		console.log(JSON.stringify({ bench: name, ours, peer, ratio: ours / peer, target, cipher }));
	}
} finally {
	await bench.close();
}
