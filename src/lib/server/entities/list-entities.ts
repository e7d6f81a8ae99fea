import type { Entity } from '../../api/entity.ts';
import type { Arca } from '../arca.ts';
import type { Person } from '../backend/backend.ts';
import { callFunction } from '../backend/call-function.ts';
import { entityOf } from './entity-of.ts';
import type { EntityRow } from './entity-of.ts';

/** The entities that the person is a member of. */
export async function listEntities({ backend, systemLayer }: Arca, person: Person): Promise<Entity[]> {
	const rows = (await callFunction(backend, person, 'list_entities', {})) as EntityRow[];
	return rows.map((row) => entityOf(systemLayer, row));
}
