import type { RequestEvent } from '@sveltejs/kit';
import type { Arca } from '../arca.ts';
import type { LocalAccounts } from '../backend/backend.ts';
import { addressPrefix } from '../http/client-address.ts';
import { addressOf } from '../http/serve-route.ts';

/** A request to the embedded backend, with what its gates look at. */
export interface Visit {
	server: Arca;
	accounts: LocalAccounts;
	request: Request;
	/** Path and query below `/supabase`. */
	url: URL;
	address: string;
	/** The part of the address that limits go by. */
	prefix: string;
	/** The larger network of the address, of which one household or firm may have all (IPv6, /48). */
	network: string;
	/** Whether the app is served over https, so that a cookie may ask for it. */
	secure: boolean;
}

/** What the forwarder works on; only for a backend in this process. */
export function visitOf(server: Arca, accounts: LocalAccounts, event: RequestEvent): Visit {
	const address = addressOf(event);
	const [prefix, network] = [addressPrefix(address), addressPrefix(address, 48)];
	const secure = event.url.protocol === 'https:';
	return { server, accounts, request: event.request, url: event.url, address, prefix, network, secure };
}
