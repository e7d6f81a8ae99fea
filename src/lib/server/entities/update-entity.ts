import type * as v from 'valibot';
import type { Entity, updateEntitySchema } from '../../api/entity.ts';
import type { Arca } from '../arca.ts';
import type { Person } from '../backend/backend.ts';
import { callFunction } from '../backend/call-function.ts';
import { refuse } from '../http/refusal.ts';
import { entityOf, sealEntityBody } from './entity-of.ts';
import type { EntityRow } from './entity-of.ts';
import { listEntities } from './list-entities.ts';

/**
 * Changes an entity; what the request leaves out stays.
 * @throws Refusal `entity/conflict` when the entity is no longer at `base`, `entity/not-found` when the person has none such,
 * `content/not-found` when the picture that it names is not stored.
 */
export async function updateEntity(
	server: Arca,
	person: Person,
	id: string,
	change: v.InferOutput<typeof updateEntitySchema>
): Promise<Entity> {
	const before = (await listEntities(server, person)).find((entity) => entity.id === id);
	if (!before) throw refuse('entity/not-found');
	// A damaged one cannot be merged with: everything it says must be said anew.
	if (before.rev !== change.base || (before.damaged && (!change.name || !change.values)))
		throw refuse('entity/conflict');
	const rev = BigInt(change.base) + 1n;
	const plain = { name: change.name ?? before.name, values: change.values ?? before.values };
	const body = sealEntityBody(server.systemLayer, id, rev, plain);
	// To the database an empty text is none any more, and nothing leaves what is there.
	const avatar = change.avatar === undefined ? null : (change.avatar ?? '');
	const args = { entity: id, rev: String(rev), body, kind: change.kind ?? null, avatar };
	const row = await callFunction(server.backend, person, 'update_entity', args, { PT404: 'content/not-found' });
	return entityOf(server.systemLayer, row as EntityRow);
}
