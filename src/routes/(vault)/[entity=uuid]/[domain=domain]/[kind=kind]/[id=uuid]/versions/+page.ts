import { error } from '@sveltejs/kit';
import { kindIn } from '$lib/kinds/index.ts';
import type { PageLoad } from './$types';

/** The kind and id of the record whose earlier versions are shown. */
export const load: PageLoad = ({ params }) => {
	const kind = kindIn(params.domain, params.kind);
	if (kind === undefined) error(404);
	return { entity: params.entity, kind, id: params.id };
};
