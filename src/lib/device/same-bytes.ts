/** Whether something that is kept is still the very same envelope. */
export function sameBytes(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
	return a !== undefined && a.length === b?.length && a.every((byte, at) => byte === b[at]);
}
