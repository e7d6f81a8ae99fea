import { kindOf } from '../kinds/index.ts';
import type { RecordBody } from '../kinds/index.ts';

/** What one of two devices wrote into a field that the other changed as well; `value` is absent where it was cleared. */
export interface Alternative {
	value?: unknown;
	/** When it was written, RFC 3339. */
	at: string;
	/** The account that wrote it. */
	author?: string;
}

/**
 * By field, what stands beside the value shown until somebody picks; empty where there is nothing to pick. Only fields
 * that this version knows can be picked: the others keep what they have.
 */
export function alternativesOf(body: RecordBody): Record<string, readonly Alternative[]> {
	const { conflicts } = body.meta;
	if (typeof conflicts !== 'object' || conflicts === null) return {};
	const known = kindOf(body.kind)?.fields ?? {};
	const fields = Object.entries(conflicts).flatMap(([key, list]): [string, Alternative[]][] => {
		const readable = Object.hasOwn(known, key) && Array.isArray(list) ? list.filter(isAlternative) : [];
		return readable.length > 0 ? [[key, readable]] : [];
	});
	return Object.fromEntries(fields);
}

/** Whether a field of the record waits for somebody to pick. */
export function isUndecided(body: RecordBody): boolean {
	return body.meta.conflicts !== undefined && Object.keys(alternativesOf(body)).length > 0;
}

/** The body without the alternatives of these fields: for them the values it has are the ones picked. */
export function decide(body: RecordBody, fields: Iterable<string>): RecordBody {
	const { conflicts, ...meta } = body.meta;
	if (typeof conflicts !== 'object' || conflicts === null) return body;
	const decided = new Set(fields);
	const left = Object.entries(conflicts).filter(([key]) => !decided.has(key));
	return { ...body, meta: left.length > 0 ? { ...meta, conflicts: Object.fromEntries(left) } : meta };
}

function isAlternative(value: unknown): value is Alternative {
	return typeof value === 'object' && value !== null && typeof (value as Alternative).at === 'string';
}
