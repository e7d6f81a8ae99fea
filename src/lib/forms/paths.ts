import type { Kind } from '../kinds/index.ts';

/** Where the list of a kind is. */
export function listPath(entity: string, { domain, name }: Kind): string {
	return `/${entity}/${domain}/${name}`;
}

/** Where a record of a kind is. */
export function recordPath(entity: string, kind: Kind, id: string): string {
	return `${listPath(entity, kind)}/${id}`;
}

/** Where the earlier versions of a record are. */
export function versionsPath(entity: string, kind: Kind, id: string): string {
	return `${recordPath(entity, kind, id)}/versions`;
}

/** Where an entity's deleted records are. */
export function binPath(entity: string): string {
	return `/${entity}/bin`;
}

/** Where a new record of a kind is made; `preset` are values that it starts with, by field. */
export function newPath(entity: string, kind: Kind, preset: Readonly<Record<string, string>> = {}): string {
	const query = new URLSearchParams(preset).toString();
	return `${listPath(entity, kind)}/new${query === '' ? '' : `?${query}`}`;
}

/** Where the list of a kind shows those records alone that have this value in a field. */
export function narrowedPath(entity: string, kind: Kind, key: string, value: string): string {
	return `${listPath(entity, kind)}?${new URLSearchParams({ [key]: value }).toString()}`;
}
