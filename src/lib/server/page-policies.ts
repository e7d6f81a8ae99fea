import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The policies (script hashes, Trusted Types) that stand in the pages made at build time, by the path each page answers at.
 * They are sent as headers too: a browser reports what went against a header, and nothing of what went against a page's
 * own words.
 * @param folder of the pages that were made when the app was built.
 */
export function readPagePolicies(folder: string): ReadonlyMap<string, string> {
	const pages = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.html'));
	return new Map(
		pages.flatMap((name): [string, string][] => {
			const html = readFileSync(join(folder, name), 'utf8');
			const policy = /http-equiv="content-security-policy" content="([^"]+)"/i.exec(html)?.[1];
			const path = `/${name.replaceAll('\\', '/').replace(/(?:^|\/)index\.html$|\.html$/, '')}`;
			return policy ? [[path, policy]] : [];
		})
	);
}
