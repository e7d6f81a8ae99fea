import { error } from '@sveltejs/kit';
import { vault } from '$lib/vault/vault.svelte.ts';
import type { PageLoad } from './$types';

/** Not there for whoever does not have this part of the entity. */
export const load: PageLoad = async ({ params, parent }) => {
	await parent();
	const view = vault.entities.find(({ id }) => id === params.entity);
	if (vault.listed && !view?.domains.includes('health')) error(404);
};
