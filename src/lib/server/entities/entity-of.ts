import type { Entity } from '../../api/entity.ts';
import { hasCode } from '../has-code.ts';
import type { SystemLayer } from '../system-layer/index.ts';

/** An entity as the database's functions give it; the body is sealed. */
export type EntityRow = Pick<Entity, 'id' | 'kind' | 'role' | 'domains' | 'epoch' | 'rev'> & {
	restored_from: string | null;
	avatar: string | null;
	body: string;
};

/** What an entity's body says. */
interface EntityPlain {
	name: string;
	values: { [field: string]: unknown };
}

/** The entity of a row, its system layer taken off; a body that does not open leaves it nameless and `damaged`. */
export function entityOf(systemLayer: SystemLayer, row: EntityRow): Entity {
	const { id, kind, role, domains, epoch, rev, avatar } = row;
	const picture = avatar === null ? {} : { avatar };
	const outside = { id, kind, role, domains, epoch, restoredFrom: row.restored_from, rev, ...picture };
	try {
		const { name, values } = JSON.parse(systemLayer.openEntity(id, BigInt(rev), row.body)) as EntityPlain;
		return { ...outside, name, values };
	} catch (error) {
		if (!hasCode(error, 'crypto/cannot-open')) throw error;
		return { ...outside, name: '', values: {}, damaged: true };
	}
}

/** The sealed body of an entity at a revision. */
export function sealEntityBody(systemLayer: SystemLayer, id: string, rev: bigint, plain: EntityPlain): string {
	return systemLayer.sealEntity(id, rev, JSON.stringify({ name: plain.name, values: plain.values }));
}
