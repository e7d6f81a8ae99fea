import type { Domain } from '../api/ids.ts';
import { broadcastWakes } from '../sync/broadcast-wakes.ts';
import { accessToken } from './access-token.ts';

/** What a page listens for. */
export interface Heard {
	owner: string;
	entity: string;
	domains: readonly Domain[];
}

/**
 * Calls `wake` when somebody wrote to the domains, where the backend tells of it and while the page is looked at; one
 * that is looked at again asks by itself. Never rejects: without it there is the poll. Gives what ends it.
 */
export function hearChanges({ owner, entity, domains }: Heard, wake: () => void): () => void {
	let end = () => undefined as void;
	let ended = false;
	import('./session/server-config.ts')
		.then(({ serverConfig }) => serverConfig())
		.then(({ realtime, supabaseUrl: url, publishableKey }) => {
			if (ended || !realtime) return;
			const token = () => accessToken(false, owner);
			const source = broadcastWakes({ url, publishableKey, entity, domains, accessToken: token });
			end = source(() => {
				if (document.visibilityState === 'visible') wake();
			});
		})
		.catch(() => undefined);
	return () => {
		ended = true;
		end();
	};
}
