import { KeyClient } from './key-client.ts';
import workerUrl from './key.worker.ts?worker&url';

/**
 * Starts a key worker.
 * @param onDeath called once where it fails by itself: the keys are gone.
 */
export function startKeys(onDeath: () => void): KeyClient {
	return new KeyClient(new Worker(workerUrl, { type: 'module', name: 'keys' }), onDeath);
}
