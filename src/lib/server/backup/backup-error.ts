/** Why a backup or a restore cannot be: a sentence for whoever asked for it, shown without a stack. */
export class BackupError extends Error {
	readonly code: `backup/${string}`;

	constructor(code: `backup/${string}`, message: string) {
		super(message);
		this.name = 'BackupError';
		this.code = code;
	}
}

/** An archive that is not as it was written. */
export function damaged(what: string): BackupError {
	return new BackupError('backup/damaged', `The archive is damaged or was cut short: ${what}. Nothing was changed.`);
}
