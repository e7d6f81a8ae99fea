import type * as v from 'valibot';
import type { createEntitySchema, Entity } from '../../api/entity.ts';
import type { Arca } from '../arca.ts';
import type { Person } from '../backend/backend.ts';
import { callFunction } from '../backend/call-function.ts';
import { entityOf, sealEntityBody } from './entity-of.ts';
import type { EntityRow } from './entity-of.ts';

/** Makes an entity of which the person becomes the owner. Its id is drawn first: the body is sealed for that id. */
export async function createEntity(
	{ backend, systemLayer }: Arca,
	person: Person,
	{ kind, name, values }: v.InferOutput<typeof createEntitySchema>
): Promise<Entity> {
	const entity = (await callFunction(backend, person, 'draw_entity_id', {})) as string;
	const body = sealEntityBody(systemLayer, entity, 1n, { name, values: values ?? {} });
	const row = (await callFunction(backend, person, 'create_entity', { entity, kind, body })) as EntityRow;
	return entityOf(systemLayer, row);
}
