/**
 * What a record kind's name looks like. Whether there is such a kind is for the page to say: every page of the app loads
 * this file, and need not load all kinds with it.
 */
export function match(param: string): boolean {
	return /^[a-z]+(?:-[a-z]+)*$/.test(param);
}
