import { claimsOf } from '../stage/tokens.ts';

type Rows = (statement: string) => Promise<Record<string, unknown>[]>;

/** What all tables hold, count and fingerprint, but for drawn ids, which any signed-in person may add to. */
export async function contents(rows: Rows): Promise<string> {
	const names = await rows(`select c.oid::regclass::text as name from pg_class c
		where c.relnamespace in ('public'::regnamespace, 'app_private'::regnamespace) and c.relkind = 'r'
			and c.relname not in ('drawn_ids', 'sweeps') order by 1`);
	const all = names.map(
		({ name }) =>
			`select '${String(name)}' as t, count(*) as n, md5(string_agg(x::text, '' order by x::text)) as h from ${String(name)} x`
	);
	return JSON.stringify(await rows(all.join(' union all ')));
}

/** The rows of an answer but those of the caller's own trail, in which their sign-in is. */
export function ofOthers(text: string, token: string | undefined): unknown[] {
	const own = token === undefined ? '' : claimsOf(token).sub;
	return (JSON.parse(text) as { scope?: string; subject?: string }[]).filter(
		({ scope, subject }) => scope !== 'account' || subject !== own
	);
}
