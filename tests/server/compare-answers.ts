import { median } from '../stage/median.ts';

/** What was answered about an address that has an account and about addresses that have none. */
interface Compared {
	/** Each answer's status and body, as often as it differed. */
	bodies: { known: Set<string>; unknown: Set<string> };
	/** The median time for the unknown ones, divided by that for the known one. */
	ratio: number;
}

/** Turns that show it on a quiet machine, and those that settle it on one that does something else besides. */
const [FEW, MANY] = [9, 45];

/**
 * Asks in turns, each time from an address of its own, the one or the other first. Where few turns do not show the times to
 * be alike, all of many decide.
 * @param most the ratio, either way, that still is
 * @param many as often as an address may be asked about at all
 */
export async function compareAnswers(
	ask: (email: string, address: string) => Promise<Response>,
	known: string,
	most: number,
	many = MANY
): Promise<Compared> {
	const times = { known: [] as number[], unknown: [] as number[] };
	const bodies = { known: new Set<string>(), unknown: new Set<string>() };
	const ratio = () => median(times.unknown) / median(times.known);
	const alike = () => Math.max(ratio(), 1 / ratio()) < most;
	for (let turn = 0; turn < many; turn++) {
		if (turn === FEW && alike()) break;
		for (const who of turn % 2 ? (['known', 'unknown'] as const) : (['unknown', 'known'] as const)) {
			const email = who === 'known' ? known : `nobody-${turn}@example.org`;
			const begun = performance.now();
			const answer = await ask(email, `192.0.2.${turn + 1}`);
			bodies[who].add(`${answer.status} ${await answer.text()}`);
			times[who].push(performance.now() - begun);
		}
	}
	return { bodies, ratio: ratio() };
}
