import { DoorError } from './door-error.ts';

/**
 * A mailed code as a person types or pastes it: white space and hyphens are not part of it.
 * @returns 6 to 10 digits
 * @throws DoorError `door/wrong-code` for anything else, without asking the server
 */
export function bareCode(code: string): string {
	const bare = code.replace(/[\s-]/g, '');
	if (!/^\d{6,10}$/.test(bare)) throw new DoorError('door/wrong-code');
	return bare;
}
