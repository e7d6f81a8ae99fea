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
}

/** What the forwarder works on; only for a backend in this process. */
export function visitOf(server: Arca, accounts: LocalAccounts, event: RequestEvent): Visit {
	const address = addressOf(event);
	return { server, accounts, request: event.request, url: event.url, address, prefix: addressPrefix(address) };
}
