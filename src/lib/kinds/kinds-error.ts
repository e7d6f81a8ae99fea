/** The codes of what can go wrong in record kinds; a person's sentence for them lives with the screens. */
export type KindsErrorCode = 'kinds/currency' | 'kinds/too-large' | 'kinds/date' | 'kinds/definition';

/** Thrown when code is used wrongly or a sum cannot be held; what a person typed wrongly is a problem, never thrown. */
export class KindsError extends Error {
	readonly code: KindsErrorCode;

	constructor(code: KindsErrorCode, detail: string) {
		super(`${code}: ${detail}`);
		this.name = 'KindsError';
		this.code = code;
	}
}
