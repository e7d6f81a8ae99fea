import { addMonths, isDate } from '$lib/kinds/index.ts';
import type { EntityView } from '$lib/vault/entity-view.ts';

/**
 * Whether the usual ranges of adults may be shown for an entity: never for an animal or a thing, and for a person whose
 * date of birth is known only from 18 years on.
 * @param today `YYYY-MM-DD`
 */
export function isAdult({ kind, values }: EntityView, today: string): boolean {
	if (kind !== 'person' && kind !== 'household') return false;
	const { birthDate } = values;
	return !isDate(birthDate) || addMonths(birthDate, 18 * 12) <= today;
}
