/**
 * 5,000 records sealed anew under the next generation through the key worker in Chromium, against WebCrypto's bare calls
 * that open and seal, on buffers of the same sizes that are there before: all of them begun at once or a hundred,
 * whichever is faster. Ours are given in one call, since the app seals a page while the one before is on its way to the
 * server; beside it in pages of a hundred, each waited for; and against bare WebCrypto in the page that does so with stored
 * bodies: base64url in, base64url out, as whoever moves them must (nothing is read, checked or signed). And the longest
 * task of the page's main thread meanwhile, against one that does nothing.
 */
import { openBenchPage } from '../stage/bench-page.ts';
import { longestTask } from '../stage/longest-task.ts';
import { median } from '../stage/median.ts';
import type {} from './pages/keys.ts';

const count = 5_000;
const rounds = Number(process.env.ARCA_BENCH_ROUNDS ?? 9);

const bench = await openBenchPage('tests/bench/pages/keys.ts', ['--js-flags=--expose-gc']);
try {
	await bench.page.evaluate(() => keysBench.begin());
	const names = ['ours', 'pages', 'all', 'paged', 'stored', 'busy', 'idle'] as const;
	const taken = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<
		(typeof names)[number],
		number[]
	>;
	for (let round = -1; round < rounds; round++) {
		await bench.page.evaluate((many) => keysBench.rotate(many), count);
		// Apart from the times, for a trace slows down what it looks at.
		const busy = await longestTask(bench.page, () => bench.page.evaluate(() => keysBench.resealAll()));
		// Every other round the peer is first.
		const early = round % 2 !== 0 ? await bench.page.evaluate(() => keysBench.bareReseal()) : undefined;
		const ours = await bench.page.evaluate(() => keysBench.reseal());
		const pages = await bench.page.evaluate(() => keysBench.resealPages());
		const bare = early ?? (await bench.page.evaluate(() => keysBench.bareReseal()));
		// What a page that does nothing has for its longest task, for as long.
		const idle = await longestTask(bench.page, () => bench.page.waitForTimeout(ours));
		// The first round warms both sides up.
		if (round < 0) continue;
		for (const [name, time] of Object.entries({ ours, pages, ...bare, busy, idle }))
			taken[name as keyof typeof taken].push(time);
	}
	const tell = (name: string, ours: number, peer: number, more: object) =>
		console.log(JSON.stringify({ bench: name, ours, peer, ratio: ours / peer, ...more }));
	const [ours, bare] = [median(taken.ours), Math.min(median(taken.all), median(taken.paged))];
	tell('rotation', ours, bare, { target: 2 });
	tell('rotation-page-by-page', median(taken.pages), bare, { target: null });
	tell('rotation-of-stored-bodies', ours, median(taken.stored), { target: null });
	tell('rotation-longest-task', median(taken.busy), median(taken.idle), { target: null });
} finally {
	await bench.close();
}
