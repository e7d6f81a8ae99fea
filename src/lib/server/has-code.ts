/**
 * Whether this is the error of a stable code. The class tells nothing here: the system layer is started by our entry
 * and used by the built routes, two bundles with a class of each.
 */
export function hasCode(error: unknown, code: string): boolean {
	return error instanceof Error && 'code' in error && error.code === code;
}
