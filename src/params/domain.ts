import { isDomain } from '../lib/access/domains.ts';

/** One of the domains records live in. */
export function match(param: string): param is 'health' | 'finances' | 'administration' | 'chat' {
	return isDomain(param);
}
