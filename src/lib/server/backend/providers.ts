/** Those that the sign-in page has a name for. */
const OFFERED = ['google', 'apple', 'github'];
/** How long an answer is believed, in milliseconds. */
const BELIEVED = 60_000;

/**
 * Which providers a Supabase project lets people sign in with.
 * @param ask gets the public settings of its Auth.
 * @returns asks at most once a minute; what cannot be asked now is as it was.
 */
export function openProviders(ask: () => Promise<Response>): () => Promise<string[]> {
	let known: string[] = [];
	let until = 0;
	return async () => {
		if (Date.now() < until) return known;
		until = Date.now() + BELIEVED;
		const answer = await ask().catch(() => undefined);
		const settings: unknown = answer?.ok ? await answer.json().catch(() => null) : null;
		const { external } = (settings ?? {}) as { external?: { [name: string]: unknown } };
		if (external) known = OFFERED.filter((name) => external[name] === true);
		return known;
	};
}
