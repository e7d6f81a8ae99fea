import { redirect } from '@sveltejs/kit';
import { vault } from '$lib/vault/vault.svelte.ts';
import { writableEntities } from '../writable-entities.ts';
import type { PageLoad } from './$types';

/** Where the system leads with a file that is to be opened in Arca: to the import, or to the question whose it is. */
export const load: PageLoad = async ({ parent }) => {
	const { trouble } = await parent();
	if (trouble === null && vault.entities.length === 0) redirect(307, '/entities');
	const [entity, ...others] = writableEntities(vault.entities, 'finances');
	if (entity && others.length === 0) redirect(307, `/${entity.id}/import`);
};
