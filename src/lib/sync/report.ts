import type { Report } from '../device/record-store.ts';
import type { EntityCopy } from './entity-copy.ts';

/** Something to tell the person about a record, or the entity (null); none where the same was told and still stands. */
export function newReports(copy: EntityCopy, what: Report['what'], record: string | null, detail?: string): Report[] {
	const told = (known: Report) =>
		known.what === what && known.record === record && (record !== null || known.detail === detail);
	if (copy.reports.some(told)) return [];
	const at = copy.ports.now().toISOString();
	return [
		{ id: crypto.randomUUID(), entity: copy.entity, record, what, at, ...(detail === undefined ? {} : { detail }) }
	];
}
