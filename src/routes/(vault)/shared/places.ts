import { may } from '$lib/access/permissions.ts';
import { kinds } from '$lib/kinds/index.ts';
import type { Kind } from '$lib/kinds/index.ts';
import type { EntityView } from '$lib/vault/entity-view.ts';

/** What most files are; the other kinds follow in the order of menus. */
const FIRST = ['expense', 'health-document', 'financial-document', 'identity-document', 'contract', 'insurance-policy'];
const STATEMENT = /\.(?:csv|tsv|ofx|qfx|qif)$/i;

/** The kinds of which this person may add a record to an entity, and give it files. */
export function kindsWithFiles({ domains, role }: EntityView): Kind[] {
	if (!may(role, 'records.create')) return [];
	const fits = kinds.filter(
		({ domain, fields, anywhere }) =>
			!anywhere && domains.includes(domain) && Object.values(fields).some(({ type }) => type === 'files')
	);
	const place = ({ name }: Kind): number => (FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length);
	return fits.sort((a, b) => place(a) - place(b));
}

/** Whether files are one statement of a bank, as its name has it: the import reads it. */
export function isStatement(files: readonly { readonly name: string }[]): boolean {
	return files.length === 1 && STATEMENT.test(files[0]?.name ?? '');
}
