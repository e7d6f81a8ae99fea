/**
 * A revision as it travels, decimal, as a number. A text that is none becomes −1, which no place has: what stands there
 * is neither sealed nor opened, and stops no other.
 */
export function revisionOf(text: string | undefined): bigint {
	return text !== undefined && /^\d{1,20}$/.test(text) ? BigInt(text) : -1n;
}
