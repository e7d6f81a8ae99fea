/**
 * Unlocking in Chromium: the password's derivation in the key worker and all that follows it, against Argon2id of the
 * same cost by hash-wasm and by openpgp; beside libsodium's, whose WebAssembly is compiled to fewer instructions. The
 * worker has taken its memory before, as it does while the app asks the server for the account (openpgp and libsodium have
 * theirs from the round before); beside it without.
 */
import { median } from '../stage/median.ts';
import { openBenchPage } from '../stage/bench-page.ts';
import type {} from './pages/keys.ts';

const rounds = Number(process.env.ARCA_BENCH_ROUNDS ?? 9);
const ways = ['ours', 'unprepared', 'hashWasm', 'openpgp', 'libsodium'] as const;

const bench = await openBenchPage('tests/bench/pages/keys.ts');
try {
	await bench.page.evaluate(() => keysBench.begin());
	const took: { [way in (typeof ways)[number]]: number[] } = {
		...{ ours: [], unprepared: [], hashWasm: [], openpgp: [], libsodium: [] }
	};
	for (let round = -1; round < rounds; round++)
		// Every other round the other way round: each is before and after the same ones.
		for (const way of round % 2 ? ways.toReversed() : ways) {
			const time = await bench.page.evaluate((name) => keysBench[name](), way);
			// The first round compiles.
			if (round >= 0) took[way].push(time);
		}
	const [ours, unprepared, hashWasm, openpgp, libsodium] = ways.map((way) => median(took[way]));
	const peer = Math.min(hashWasm ?? 0, openpgp ?? 0);
	const tell = (name: string, other: number | undefined, more: object) =>
		console.log(JSON.stringify({ bench: name, ours, peer: other, ratio: (ours ?? 0) / (other ?? 1), ...more }));
	tell('unlock', peer, { target: 1, hashWasm, openpgp, unprepared });
	tell('unlock-libsodium', libsodium, { target: null });
} finally {
	await bench.close();
}
