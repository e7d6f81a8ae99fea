import * as v from 'valibot';
import { configSchema } from '../../api/config.ts';
import type { Config } from '../../api/config.ts';
import { DoorError } from './door-error.ts';

let asked: Promise<Config> | null = null;

/**
 * What the server tells everybody: where to sign in, whether mail is set up, limits. Asked once a page.
 * @throws DoorError `door/offline` when the server cannot be reached, `door/unexpected` when its answer makes no sense
 */
export async function serverConfig(): Promise<Config> {
	asked ??= ask().catch((error: unknown) => {
		asked = null;
		throw error;
	});
	return asked;
}

async function ask(): Promise<Config> {
	let answer: Response;
	try {
		answer = await fetch('/api/config', { credentials: 'omit' });
	} catch {
		throw new DoorError('door/offline');
	}
	if (!answer.ok) throw new DoorError(answer.status >= 500 ? 'door/offline' : 'door/unexpected');
	const parsed = v.safeParse(configSchema, await answer.json().catch(() => null));
	if (!parsed.success) throw new DoorError('door/unexpected');
	return parsed.output;
}
