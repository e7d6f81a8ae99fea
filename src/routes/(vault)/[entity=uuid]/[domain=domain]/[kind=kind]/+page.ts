import { error } from '@sveltejs/kit';
import { kindOf } from '$lib/kinds/index.ts';
import type { PageLoad } from './$types';

/** The kind whose records are listed; `?blank=category` shows those with nothing in that field. */
export const load: PageLoad = ({ params, url }) => {
	const kind = kindOf(params.kind);
	if (kind?.domain !== params.domain) error(404);
	const blank = url.searchParams.get('blank') ?? undefined;
	return { entity: params.entity, kind, blank: blank && kind.list.filters.includes(blank) ? blank : undefined };
};
