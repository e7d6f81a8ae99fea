import type { Place } from '../../crypto/place.ts';

/** Which revision of which record a body belongs to. Ids are lower-case UUIDs, revisions start at 1. */
export interface RecordPlace {
	entity: string;
	domain: string;
	id: string;
	revision: bigint;
}

/** The place of a record's body. */
export function recordPlace({ entity, domain, id, revision }: RecordPlace): Place {
	return { purpose: 'record', entity, domain, object: id, revision };
}

/** The place of an entity's identifying fields. */
export function entityPlace(entity: string, revision: bigint): Place {
	return { purpose: 'entity', entity, domain: '', object: entity, revision };
}

/** No entity: what belongs to a person has sixteen zeros in its place. */
const NO_ENTITY = '00000000-0000-0000-0000-000000000000';

/** The place of a person's bundle at a version. */
export function bundlePlace(user: string, version: number): Place {
	return { purpose: 'bundle', entity: NO_ENTITY, domain: '', object: user, revision: BigInt(version) };
}

/** The place of a person's secret of two-step verification. */
export function twoFactorPlace(user: string, version: number): Place {
	return { purpose: 'two-factor', entity: NO_ENTITY, domain: '', object: user, revision: BigInt(version) };
}

/** The place of the share that one of a person's sessions is given for its PIN; `share` is an id drawn for it. */
export function pinSharePlace(user: string, share: string): Place {
	return { purpose: 'credential', entity: user, domain: '', object: share, revision: 1n };
}

/** Which part of which content, and where it belongs. */
export interface PartPlace {
	entity: string;
	domain: string;
	/** The content's id. */
	content: string;
	/** From 0 on. */
	part: number;
}

/** The place of a part of a file's content. */
export function partPlace({ entity, domain, content, part }: PartPlace): Place {
	return { purpose: 'file', entity, domain, object: content, revision: BigInt(part) };
}
