import { error } from '@sveltejs/kit';
import { isDomain } from '$lib/access/domains.ts';
import { kindsOf } from '$lib/kinds/index.ts';
import { vault } from '$lib/vault/vault.svelte.ts';
import type { PageLoad } from './$types';

/** A domain's overview: not there without kinds, nor for whoever does not have the domain. */
export const load: PageLoad = async ({ params, parent }) => {
	await parent();
	const { entity, domain } = params;
	const view = vault.entities.find(({ id }) => id === entity);
	if (!isDomain(domain) || kindsOf(domain).length === 0) error(404);
	if (vault.listed && !view?.domains.includes(domain)) error(404);
	return { domain };
};
