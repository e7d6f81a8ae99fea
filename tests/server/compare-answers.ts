import { expect } from 'vitest';
import { median } from '../stage/median.ts';

/** What was answered about an address that has an account and about addresses that have none. */
interface Compared {
	/** Each answer's status and body, as often as it differed. */
	bodies: { known: Set<string>; unknown: Set<string> };
	/** The median time for the unknown ones, divided by that for the known one. */
	ratio: number;
}

/** Asks in turns, each time from an address of its own. */
export async function compareAnswers(
	ask: (email: string, address: string) => Promise<Response>,
	known: string
): Promise<Compared> {
	const times = { known: [] as number[], unknown: [] as number[] };
	const bodies = { known: new Set<string>(), unknown: new Set<string>() };
	for (let turn = 0; turn < 9; turn++) {
		for (const who of ['known', 'unknown'] as const) {
			const email = who === 'known' ? known : `nobody-${turn}@example.org`;
			const begun = performance.now();
			const answer = await ask(email, `192.0.2.${turn + 1}`);
			bodies[who].add(`${answer.status} ${await answer.text()}`);
			times[who].push(performance.now() - begun);
		}
	}
	return { bodies, ratio: median(times.unknown) / median(times.known) };
}

/**
 * Two times that tell nothing apart. On a machine that does something else besides they differ by chance: there they are
 * only held to what a password that was not hashed at all would show.
 */
export function expectAlike(ratio: number, most: number): void {
	const bound = process.env.ARCA_SOAK ? most : 2.5;
	expect(ratio).toBeGreaterThan(1 / bound);
	expect(ratio).toBeLessThan(bound);
}
