import { bodyOf, type Kind, type RecordBody } from '../kinds/index.ts';
import { decide } from '../vault/undecided.ts';

/**
 * The body to save for values that were checked, made now.
 * @param from the body the draft began from, whose unknown members are kept; null for a new record
 * @param settled fields that keep no other value beside the one they have
 */
export function draftBody(
	kind: Kind,
	values: Record<string, unknown>,
	from: RecordBody | null,
	settled: readonly string[]
): RecordBody {
	const body = decide(bodyOf(kind, values, new Date().toISOString(), from ?? undefined), settled);
	if (!kind.seeded || from !== null) return body;
	return { ...body, meta: { ...body.meta, seed: crypto.randomUUID() } };
}
