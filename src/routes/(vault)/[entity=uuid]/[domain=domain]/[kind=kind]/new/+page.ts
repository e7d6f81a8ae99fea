import { error } from '@sveltejs/kit';
import { isUuid } from '$lib/crypto/uuid.ts';
import { kindIn } from '$lib/kinds/index.ts';
import type { PageLoad } from './$types';

/** The kind of which a record is added; `?condition=…` and the like are references and choices it starts with. */
export const load: PageLoad = ({ params, url }) => {
	const kind = kindIn(params.domain, params.kind);
	if (kind === undefined) error(404);
	const preset = [...url.searchParams].filter(([key, value]) => {
		const field = Object.hasOwn(kind.fields, key) ? kind.fields[key] : undefined;
		if (field?.type === 'choice') return field.options.some((option) => option.key === value);
		return field?.type === 'reference' && isUuid(value);
	});
	return { entity: params.entity, kind, preset: Object.fromEntries(preset) };
};
