import type { Arca } from '../arca.ts';
import type { Person } from '../backend/backend.ts';
import { callFunction } from '../backend/call-function.ts';
import { askStorage } from './content-place.ts';

/** How often a server looks for what is due, in milliseconds. */
const PAUSE = 60_000;
let lately = -Infinity;

/**
 * Whoever comes by takes what is due along: called after a request of a signed-in person, at most once a minute, and
 * nobody waits for it. No key is needed for it, and no scheduler.
 */
export function sweepNowAndThen(arca: Arca, person: Person): void {
	const now = performance.now();
	if (now - lately < PAUSE) return;
	lately = now;
	sweepParts(arca, person).catch((error: unknown) => {
		arca.log.unexpected('the sweep of stored objects', error);
	});
}

/** The buckets, and the functions that tell what is due in each. */
const buckets = [
	['sealed', 'list_due_parts'],
	['plain', 'list_due_plain']
] as const;

/** Deletes stored objects that are due, through storage, so that their bytes go too. */
export async function sweepParts(arca: Arca, person: Person): Promise<void> {
	for (const [bucket, lists] of buckets) {
		const prefixes = (await callFunction(arca.backend, person, lists, {})) as string[];
		if (prefixes.length === 0) continue;
		const answer = await askStorage(arca, person, `/object/${bucket}`, {
			method: 'DELETE',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ prefixes })
		});
		await answer.body?.cancel();
	}
}
