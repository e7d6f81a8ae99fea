import { kindOf } from '../lib/kinds/index.ts';

/** The name of a record kind known here. */
export function match(param: string): boolean {
	return kindOf(param) !== undefined;
}
