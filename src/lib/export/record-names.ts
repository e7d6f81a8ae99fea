import { kindOf, titleOf } from '../kinds/index.ts';
import type { KindRecord, Look } from '../kinds/index.ts';

/**
 * What records are called, for cells that refer to them; the references of a title are not followed further. Each is
 * named once.
 */
export function namesOf(records: readonly KindRecord[], locale: string): Look {
	const byId = new Map(records.map((record) => [record.id, record]));
	const named = new Map<string, string | undefined>();
	const alone: Look = { locale, nameOf: () => undefined };
	const find = (id: string): string | undefined => {
		const body = byId.get(id)?.body;
		const kind = body && body.meta.deleted !== true ? kindOf(body.kind) : undefined;
		return kind && body ? titleOf(kind, body.values, alone) : undefined;
	};
	return {
		locale,
		nameOf(id) {
			if (!named.has(id)) named.set(id, find(id));
			return named.get(id);
		}
	};
}
