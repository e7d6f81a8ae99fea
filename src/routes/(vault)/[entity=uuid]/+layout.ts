import { error } from '@sveltejs/kit';
import { vault } from '$lib/vault/vault.svelte.ts';
import type { LayoutLoad } from './$types';

/** An entity that is not among the person's own is not there. The layout
 * opens it. */
export const load: LayoutLoad = async ({ params, parent }) => {
	const { trouble } = await parent();
	const known = () => vault.entities.some(({ id }) => id === params.entity);
	if (trouble === null && !known()) {
		// Made or given on another device since this one looked last; without the server nobody can tell.
		const reached = await vault.list().then(
			() => true,
			() => false
		);
		if (reached && !known()) error(404);
	}
	return { entity: params.entity };
};
