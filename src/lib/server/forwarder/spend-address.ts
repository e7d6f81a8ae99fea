import type { Visit } from './visit.ts';

/**
 * Counts a sign-in, a sign-up or a code against the address alone, whatever account it names: names are drawn freely by whoever
 * guesses.
 * @returns 0 when it was within the limit, otherwise the whole seconds to wait.
 */
export function spendAddress({ server, prefix }: Visit): Promise<number> {
	return server.meter.spend('address', `account:${prefix}`);
}
