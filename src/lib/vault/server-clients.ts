import { createApiClient, type ApiClient } from '../sync/api-client.ts';
import { createStorageClient, type StorageClient } from '../sync/storage-client.ts';
import { ApiError } from '../sync/api-error.ts';
import type { SessionEnd } from '../api/sessions.ts';
import { accessToken } from './access-token.ts';
import { secondStep } from './second-step/second-step.svelte.ts';
import { session } from './session.svelte.ts';
import { serverConfig } from './session/server-config.ts';

/** The two that a vault asks: the thin server, and Supabase's storage. */
export interface ServerClients {
	api: ApiClient;
	storage: StorageClient;
}

/** Both, in the name of whoever is signed in. @param owner whose vault it is: in nobody else's name is anything sent */
export function serverClients(owner: () => string | null): ServerClients {
	const tokens = { accessToken: (fresh?: boolean): Promise<string> => accessToken(fresh, owner()) };
	const sessionOver = (token: string, how: SessionEnd): Promise<void> => session.over(token, how);
	const stepAsked = (code: string, careful: boolean): Promise<boolean> => secondStep.ask(code, careful);
	return {
		api: createApiClient({ ...tokens, sessionOver, stepAsked }),
		storage: createStorageClient({ ...tokens, place })
	};
}

/** Where the server says that storage is, and the key of the app. @throws ApiError where it does not say */
async function place(): Promise<{ url: string; apikey: string }> {
	try {
		const { supabaseUrl, publishableKey } = await serverConfig();
		const url = new URL(`${supabaseUrl.replace(/\/$/, '')}/storage/v1`, location.origin).href;
		return { url, apikey: publishableKey };
	} catch {
		throw new ApiError('sync/unreachable', 0);
	}
}
