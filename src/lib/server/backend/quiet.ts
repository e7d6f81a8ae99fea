import { describe } from '../log.ts';
import type { Log } from '../log.ts';

/** Classes of SQLSTATE that tell of trouble with the database itself; the others are refusals that the person is answered with. */
const TROUBLE = /^(?:08|53|54|55|57|58|XX)/;

/**
 * The embedded backend prints failed statements with their parameters on the console. This stands before `console.error`:
 * of an error only its kind, code and place are let through, into the log, and a refused statement is not told of at all.
 */
export function quietConsole(log: Log): void {
	const print = console.error.bind(console);
	console.error = (...told: unknown[]) => {
		const error = told.find((part) => part instanceof Error);
		if (!error) {
			print(...told.filter((part) => typeof part !== 'object'));
			return;
		}
		const { code } = error as { code?: unknown };
		if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && !TROUBLE.test(code)) return;
		log.warn('the backend reported an error', describe(error));
	};
	const warn = console.warn.bind(console);
	console.warn = (...told: unknown[]) => {
		// Said at every start; it concerns the file interface, which is pinned and tested here.
		if (typeof told[0] === 'string' && told[0].startsWith('EXPERIMENTAL FEATURES ENABLED')) return;
		warn(...told.filter((part) => typeof part !== 'object'));
	};
}
