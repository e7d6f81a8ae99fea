import type { Arca } from '../arca.ts';
import type { Person } from '../backend/backend.ts';
import { readClaims } from '../backend/verify-token.ts';
import type { Letters } from '../mail/letters.ts';

/** Writes a letter to the person whose token it is, where mail is set up; nobody waits for it. */
export function writeTo({ letters }: Arca, { token }: Person, write: (letters: Letters, to: string) => void): void {
	const email = readClaims(token)?.email;
	if (letters && typeof email === 'string' && email !== '') write(letters, email);
}
