import { quietConsole } from '../backend/quiet.ts';
import { hasCode } from '../has-code.ts';
import { createLog } from '../log.ts';
import { StartError } from '../start-error.ts';
import { BackupError } from './backup-error.ts';

/**
 * Runs one of the operator's commands to its end and exits with the code it gives; what is known to go wrong is told in
 * a sentence and exits with 1.
 */
export async function runCommand(work: () => Promise<number>): Promise<void> {
	// Statements hold what people keep: of an error of the database only its kind and code are shown.
	quietConsole(createLog(''));
	let code = 1;
	try {
		code = await work();
	} catch (error) {
		const isKnown =
			error instanceof BackupError ||
			error instanceof StartError ||
			hasCode(error, 'crypto/system-keys') ||
			String((error as { code?: unknown }).code).startsWith('ERR_PARSE_ARGS');
		console.error(isKnown ? (error as Error).message : error);
	}
	process.exit(code);
}
