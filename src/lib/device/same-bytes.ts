/** Whether something that is kept is still the very same envelope. */
export function sameBytes(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
	if (a === undefined || a.length !== b?.length) return false;
	// Whatever waits is gone through at every save: no function a byte.
	for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
	return true;
}
