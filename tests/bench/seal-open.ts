/**
 * 10,000 records sealed and opened through the key worker in Chromium, beside bare WebCrypto that does the same in the page
 * with the same records: JSON, UTF-8, a fresh nonce and the cipher, and back. Record by record (signatures are counted
 * apart), and in pages, as the device keeps them. `cipher` is what WebCrypto takes for its calls alone, on buffers that
 * are there before: no program that starts from a record can reach it.
 */
import { openBenchPage } from '../stage/bench-page.ts';
import { median } from '../stage/median.ts';
import type {} from './pages/keys.ts';

const count = 10_000;
const rounds = Number(process.env.ARCA_BENCH_ROUNDS ?? 9);

interface Times {
	ours: number[];
	peer: number[];
	cipher: number[];
}

const bench = await openBenchPage('tests/bench/pages/keys.ts');
try {
	await bench.page.evaluate(() => keysBench.begin());
	const took: { [name: string]: Times } = {};
	const note = (name: string, ours: number, peer: number, cipher: number) => {
		const times = (took[name] ??= { ours: [], peer: [], cipher: [] });
		times.ours.push(ours);
		times.peer.push(peer);
		times.cipher.push(cipher);
	};
	for (let round = -1; round < rounds; round++) {
		const records = await bench.page.evaluate((many) => keysBench.records(many), count);
		// The first round warms both sides up.
		if (round < 0) continue;
		for (const verb of ['seal', 'open'] as const) {
			const { ours, peer, signed, cipher, bare } = records;
			note(`${verb}-records`, ours[verb], peer[verb], cipher[verb]);
			note(`${verb}-signed-records`, signed[verb], peer[verb] + bare[verb], cipher[verb] + bare[verb]);
		}
	}
	// By themselves: a page takes so little that what single records leave to be collected would be most of it.
	for (let round = -1; round < rounds; round++) {
		const { ours, peer, cipher } = await bench.page.evaluate((many) => keysBench.pages(many), count);
		if (round < 0) continue;
		for (const verb of ['seal', 'open'] as const) note(`${verb}-pages`, ours[verb], peer[verb], cipher[verb]);
	}
	for (const [name, times] of Object.entries(took)) {
		const [ours, peer, cipher] = [median(times.ours), median(times.peer), median(times.cipher)];
		const target = name.includes('signed') ? null : 1.3;
		console.log(JSON.stringify({ bench: name, ours, peer, ratio: ours / peer, target, cipher }));
	}
} finally {
	await bench.close();
}
