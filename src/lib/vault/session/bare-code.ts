/** A mailed code as a person types or pastes it: white space and hyphens are not part of it. */
export function bareCode(code: string): string {
	return code.replace(/[\s-]/g, '');
}
