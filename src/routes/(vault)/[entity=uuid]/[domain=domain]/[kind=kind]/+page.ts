import { error } from '@sveltejs/kit';
import { BLANK, kindIn } from '$lib/kinds/index.ts';
import type { PageLoad } from './$types';

/** The kind whose records are listed; `?account=…` shows those with that in the field, `?blank=category` those with nothing. */
export const load: PageLoad = ({ params, url }) => {
	const kind = kindIn(params.domain, params.kind);
	if (kind === undefined) error(404);
	const blank = url.searchParams.get('blank') ?? '';
	const asked = [[blank, BLANK], ...url.searchParams].find(([key = '']) => kind.list.filters.includes(key));
	const [key, value] = asked ?? [];
	return { entity: params.entity, kind, only: key === undefined ? undefined : { key, value: value ?? BLANK } };
};
