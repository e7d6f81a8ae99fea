import type { Arca } from '../arca.ts';
import type { Person } from '../backend/backend.ts';
import { callFunction } from '../backend/call-function.ts';
import { askStorage } from './content-place.ts';

/** How often a server looks for parts that are due, in milliseconds. */
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
		arca.log.unexpected('the sweep of stored parts', error);
	});
}

/** Deletes stored parts that are due, through storage, so that their bytes go too. Gives how many were asked for. */
export async function sweepParts(arca: Arca, person: Person): Promise<number> {
	const names = (await callFunction(arca.backend, person, 'list_due_parts', {})) as string[];
	if (names.length === 0) return 0;
	const answer = await askStorage(arca, person, '/object/sealed', {
		method: 'DELETE',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ prefixes: names })
	});
	await answer.body?.cancel();
	return names.length;
}
