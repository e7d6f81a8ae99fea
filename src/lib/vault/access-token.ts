import { ApiError } from '../sync/api-error.ts';
import { DoorError } from './session/door-error.ts';
import { session } from './session.svelte.ts';

/**
 * The session's access token, its troubles told as the client of the interface tells its own.
 * @param owner whose vault asks: where somebody else has signed in meanwhile, nothing is sent in their name
 */
export async function accessToken(fresh: boolean | undefined, owner: string | null): Promise<string> {
	try {
		const token = await session.accessToken(fresh);
		if (owner !== null && session.user?.id !== owner) throw new DoorError('door/signed-out');
		return token;
	} catch (error) {
		if (!(error instanceof DoorError)) throw error;
		if (error.code === 'door/offline') throw new ApiError('sync/unreachable', 0);
		throw new ApiError(error.code, error.code === 'door/too-many' ? 429 : 401);
	}
}
