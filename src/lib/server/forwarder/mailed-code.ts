import { randomInt, timingSafeEqual } from 'node:crypto';
import { CODE_LIFETIME } from '../mail/code-mail.ts';

/** A code that the forwarder itself had mailed, as it remembers it. */
export interface MailedCode {
	/** 6 of them. */
	digits: string;
	tries: number;
	/** When it is worth nothing any more, in milliseconds. */
	until: number;
}

/** Draws a code that holds for ten minutes from `now`, in milliseconds. */
export function drawCode(now: number): MailedCode {
	return { digits: String(randomInt(1_000_000)).padStart(6, '0'), tries: 0, until: now + CODE_LIFETIME };
}

/** Whether what somebody shows is the code, in the same time whatever it is. Tries are counted by the caller. */
export function isCode({ digits }: MailedCode, shown: string): boolean {
	return digits.length === shown.length && timingSafeEqual(Buffer.from(digits), Buffer.from(shown));
}
