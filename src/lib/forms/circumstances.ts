import { today } from '../kinds/index.ts';
import type { Circumstances } from '../kinds/index.ts';
import { candidates } from './candidates.ts';

/** What a new record's first values follow from; `currency` is the usual one of the entity. */
export function circumstances(currency: string | undefined): Circumstances {
	const only = (kinds: readonly string[]): string | undefined => {
		const found = candidates(kinds);
		return found.length === 1 ? found[0]?.id : undefined;
	};
	return { today: today(), now: new Date().toISOString(), currency, only };
}
