import { ApiError } from '../sync/api-error.ts';
import { DoorError } from './session/door-error.ts';
import { session } from './session.svelte.ts';

/** The session's access token, its troubles told as the client of the interface tells its own. */
export async function accessToken(fresh?: boolean): Promise<string> {
	try {
		return await session.accessToken(fresh);
	} catch (error) {
		if (!(error instanceof DoorError)) throw error;
		if (error.code === 'door/offline') throw new ApiError('sync/unreachable', 0);
		throw new ApiError(error.code, error.code === 'door/too-many' ? 429 : 401);
	}
}
