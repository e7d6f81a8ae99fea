import { error } from '@sveltejs/kit';
import { may } from '$lib/access/permissions.ts';
import { vault } from '$lib/vault/vault.svelte.ts';
import type { PageLoad } from './$types';

/** The entity to edit; not there for whoever may not. */
export const load: PageLoad = async ({ params, parent }) => {
	await parent();
	const entity = vault.entities.find(({ id }) => id === params.id);
	if (!entity || entity.damaged || !may(entity.role, 'entity.edit')) error(404);
	return { entity };
};
