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
 * to the character; a body that does not open says `damaged` and spoils no other.
 */
export function recordText(systemLayer: SystemLayer, entity: string, row: Row): string {
	const { id, domain, rev, seq, author, state } = row;
	const generation = row.generation === null ? {} : { generation: row.generation };
	const head = JSON.stringify({ id, domain, rev, seq, ...generation, author, state, updatedAt: row.updated_at });
	if (row.body === null) return head;
	const plain = openBody(systemLayer, entity, row, row.body);
	return `${head.slice(0, -1)},${plain === undefined ? '"damaged":true' : `"plain":${plain}`}}`;
}

function openBody(
	systemLayer: SystemLayer,
	entity: string,
	{ id, domain, rev }: Row,
	body: string
): string | undefined {
	try {
		return systemLayer.openRecord({ entity, domain, id, revision: BigInt(rev) }, body);
	} catch (error) {
		if (hasCode(error, 'crypto/cannot-open')) return undefined;
		throw error;
	}
}
