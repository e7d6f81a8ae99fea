import { error, redirect } from '@sveltejs/kit';
import { kindOf } from '$lib/kinds/index.ts';
import { vault } from '$lib/vault/vault.svelte.ts';
import { writableEntities } from '../../writable-entities.ts';
import type { PageLoad } from './$types';

/** Where the installed app's shortcut leads: to the form, or to the question whose it is. */
export const load: PageLoad = async ({ params, parent }) => {
	const { trouble } = await parent();
	if (trouble === null && vault.entities.length === 0) redirect(307, '/entities');
	const kind = kindOf(params.kind);
	if (!kind) error(404);
	const [entity, ...others] = writableEntities(vault.entities, kind.domain);
	if (entity && others.length === 0) redirect(307, `/${entity.id}/${kind.domain}/${kind.name}/new`);
	return { kind };
};
