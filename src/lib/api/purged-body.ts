import type { Plain } from './record.ts';

const KEPT: ReadonlySet<string> = new Set(['at', 'deleted', 'purged']);

/**
 * The body of a record deleted for good: nothing is left but the name of its kind and when it was. The next revision of
 * a record like any other, so that it waits on a device, is answered once and tells every device that a person did it.
 * @param at when, RFC 3339 UTC
 */
export function purgedBody({ kind, version }: Pick<Plain, 'kind' | 'version'>, at: string): PurgedBody {
	return { kind, version, values: {}, meta: { at, deleted: true, purged: true } };
}

/** A body as purgedBody makes it. */
export interface PurgedBody extends Plain {
	meta: { at: string; deleted: true; purged: true };
}

/** Whether a body says that its record is deleted for good. */
export function saysPurged(body: Pick<Plain, 'meta'> | undefined | null): boolean {
	return body?.meta.purged === true;
}

/** Whether a body that says so keeps nothing of what the record said. */
export function isBare({ kind: _kind, version: _version, values, meta, ...rest }: Plain): boolean {
	const nothing = Object.keys(values).length === 0 && Object.keys(rest).length === 0;
	return nothing && meta.deleted === true && Object.keys(meta).every((member) => KEPT.has(member));
}
