import { kindOf, type Kind } from '../kinds/index.ts';

/** Where the list of a kind is. */
export function listPath(entity: string, { domain, name }: Kind): string {
	return `/${entity}/${domain}/${name}`;
}

/** Where a record of a kind is. */
export function recordPath(entity: string, kind: Kind, id: string): string {
	return `${listPath(entity, kind)}/${id}`;
}

/** Where a new record of a kind is made; the kind by its name. */
export function newPath(entity: string, name: string): string {
	const kind = kindOf(name);
	return kind ? `${listPath(entity, kind)}/new` : `/${entity}`;
}
