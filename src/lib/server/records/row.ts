import type { Record } from '../../api/record.ts';
import { hasCode } from '../has-code.ts';
import type { SystemLayer } from '../system-layer/index.ts';

/** A row of records as the database's functions give it. */
export type Row = Pick<Record, 'id' | 'domain' | 'rev' | 'seq' | 'author' | 'state'> & {
	generation: number | null;
	updated_at: string;
	/** Sealed; null once a binned record was swept. */
	body: string | null;
};

/**
 * The record of a row as JSON text, its system layer taken off. The plain JSON is passed on as it was authenticated,
 * to the character; where the row has a generation, what was sealed over must be of that generation and is passed on
 * sealed. A body that does not open says `damaged` and spoils no other.
 */
export function recordText(systemLayer: SystemLayer, entity: string, row: Row): string {
	const { id, domain, rev, seq, author, state } = row;
	const generation = row.generation === null ? {} : { generation: row.generation };
	const head = JSON.stringify({ id, domain, rev, seq, ...generation, author, state, updatedAt: row.updated_at });
	if (row.body === null) return head;
	return `${head.slice(0, -1)},${bodyMember(systemLayer, entity, row, row.body)}}`;
}

/** The one member of the JSON that holds the body, or says that it does not open. */
function bodyMember(
	systemLayer: SystemLayer,
	entity: string,
	{ id, domain, rev, generation }: Row,
	body: string
): string {
	const place = { entity, domain, id, revision: BigInt(rev) };
	try {
		if (generation === null) return `"plain":${systemLayer.openRecord(place, body)}`;
		return `"sealed":"${systemLayer.openOverRecord(place, generation, body)}"`;
	} catch (error) {
		if (hasCode(error, 'crypto/cannot-open')) return '"damaged":true';
		throw error;
	}
}
