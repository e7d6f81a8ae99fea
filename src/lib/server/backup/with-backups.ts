import type { Backend } from '../backend/backend.ts';
import type { EndWish } from '../backend/end-sessions.ts';
import type { Log } from '../log.ts';
import type { Settings } from '../settings.ts';
import { StartError } from '../start-error.ts';
import { encrypterFor } from './age-keys.ts';
import { BackupError } from './backup-error.ts';
import { keepDaily } from './daily.ts';
import { listenForOperator } from './operator-socket.ts';

/**
 * A backend that is backed up while it runs: by the operator's command where only this process can open the folder, and
 * once a day where the settings say so. Both end when it is closed.
 * @throws StartError `start/backup` when the recipient is none; the backend is closed then.
 */
export async function withBackups(backend: Backend, settings: Settings, log: Log): Promise<Backend> {
	const { archive } = backend;
	const { recipients, daily } = settings.backup;
	if (!archive) return backend;
	const endSessions = (wish: EndWish) => backend.local?.endSessions(wish) ?? Promise.resolve(0);
	try {
		if (daily) encrypterFor(recipients);
	} catch (error) {
		await backend.close();
		throw error instanceof BackupError ? new StartError('start/backup', error.message) : error;
	}
	const ends = [
		...(backend.kind === 'embedded' ? [await listenForOperator(settings.data, { archive, endSessions }, log)] : []),
		...(daily ? [keepDaily({ ...daily, recipients }, archive, log)] : [])
	];
	return {
		...backend,
		close: () => {
			ends.forEach((end) => end());
			return backend.close();
		}
	};
}
