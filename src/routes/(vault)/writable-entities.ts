import { may } from '$lib/access/permissions.ts';
import type { Domain } from '$lib/api/ids.ts';
import type { EntityView } from '$lib/vault/entity-view.ts';

/** The entities in which this person may add a record of that domain. */
export function writableEntities(entities: readonly EntityView[], domain: Domain): EntityView[] {
	return entities.filter(
		(entity) => !entity.damaged && entity.domains.includes(domain) && may(entity.role, 'records.create')
	);
}
