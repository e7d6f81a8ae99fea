import { kindOf, type Kind } from '../kinds/index.ts';

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

/** Where a new record of a kind is made; the kind by its name. */
export function newPath(entity: string, name: string): string {
	const kind = kindOf(name);
	return kind ? `${listPath(entity, kind)}/new` : `/${entity}`;
}
