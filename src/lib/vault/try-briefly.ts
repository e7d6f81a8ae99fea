import type { ApiClient } from '../sync/api-client.ts';
import { TRIES_IN_VIEW } from '../sync/retry-delay.ts';

/**
 * The client with only a few tries of each call, unless one asks for more: what is saved is safe on the device, so a
 * pass gives up after seconds, says so, and is begun anew later.
 */
export function tryBriefly(client: ApiClient): ApiClient {
	return { call: (name, input) => client.call(name, { tries: TRIES_IN_VIEW, ...input }) };
}
