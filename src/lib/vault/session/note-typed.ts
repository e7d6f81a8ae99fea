/** So that nobody takes the same password for the encryption. Nothing waits for it, and nothing fails by it. */
export function noteTyped(password: string): void {
	void import('./typed-password.ts').then((typed) => typed.noteTyped(password)).catch(() => undefined);
}
