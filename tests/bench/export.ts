/**
 * 50,000 movements as a workbook in Chromium: from records through the app's worker, beside bare exceljs in a worker that has
 * the same cells before the clock starts; and, to see what another writer would bring, hucre's stream writer and XML by hand
 * through CompressionStream with them. Each in a page of its own; medians of the rounds. `memory` is by how much the
 * page's process grew at most, in bytes.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pid } from 'node:process';
import { openBenchPage } from '../stage/bench-page.ts';
import { median } from '../stage/median.ts';
import { peakOf } from '../stage/resident-size.ts';
import type {} from './pages/export.ts';

const count = 50_000;
const rounds = Number(process.env.ARCA_BENCH_ROUNDS ?? 3);
const ways = ['ours', 'exceljs', 'hucre', 'stream'] as const;

interface Measured {
	took: number[];
	memory: number[];
	size: number;
}

const ownText = (process: string, file: string): string => {
	try {
		return readFileSync(join('/proc', process, file), 'utf8');
	} catch {
		return '';
	}
};

/** Whether a process was started by this one, through however many others. */
function isOurs(process: string): boolean {
	for (let at = process; Number(at) > 1; at = /PPid:\s*(\d+)/.exec(ownText(at, 'status'))?.[1] ?? '')
		if (Number(at) === pid) return true;
	return false;
}

/** The process of the page: of those that show one, the largest, since the others show nothing. */
function pageProcess(): number {
	const renderers = readdirSync('/proc').filter(
		(name) => /^\d+$/.test(name) && ownText(name, 'cmdline').includes('--type=renderer') && isOurs(name)
	);
	const sizeOf = (name: string): number => Number(/VmRSS:\s*(\d+)/.exec(ownText(name, 'status'))?.[1] ?? 0);
	return Number(renderers.sort((a, b) => sizeOf(b) - sizeOf(a))[0]);
}

const none = (): Measured => ({ took: [], memory: [], size: 0 });
const measured: Record<(typeof ways)[number], Measured> = {
	ours: none(),
	exceljs: none(),
	hucre: none(),
	stream: none()
};
for (let round = 0; round < rounds; round++) {
	for (const way of round % 2 === 0 ? ways : [...ways].reverse()) {
		const bench = await openBenchPage('tests/bench/pages/export.ts', ['--js-flags=--expose-gc']);
		try {
			await bench.page.evaluate((many) => exportBench.prepare(many), count);
			const peak = peakOf(pageProcess());
			const { took, size } = await bench.page.evaluate(
				(one) => (one === 'ours' ? exportBench.ours() : exportBench.bare(one)),
				way
			);
			const { growth } = await peak.end();
			const into = measured[way];
			into.took.push(took);
			into.memory.push(growth);
			into.size = size;
		} finally {
			await bench.close();
		}
	}
}
const { ours } = measured;
for (const way of ways.slice(1)) {
	const peer = measured[way];
	const [mine, theirs] = [median(ours.took), median(peer.took)];
	const target = way === 'exceljs' ? 1.2 : null;
	console.log(
		JSON.stringify({
			...{ bench: `export-${way}`, ours: mine, peer: theirs, ratio: mine / theirs, target },
			...{ memory: median(ours.memory), peerMemory: median(peer.memory), size: ours.size, peerSize: peer.size }
		})
	);
}
