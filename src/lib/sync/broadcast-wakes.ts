import type { RealtimeClientOptions } from '@supabase/realtime-js';
import type { Domain } from '../api/ids.ts';
import type { WakeSource } from './sync-loop.ts';

export interface BroadcastOptions {
	/** Where the backend is, as the configuration tells it: an absolute http(s) address. */
	url: string;
	/** Goes into the socket's address by that protocol, hence the public key and nothing else. */
	publishableKey: string;
	entity: string;
	domains: readonly Domain[];
	/** A token that holds for another minute; it travels in messages, never in an address. Asked for again while it listens. */
	accessToken: () => Promise<string>;
	/** What opens the socket; the browser's own where nothing is said. */
	transport?: RealtimeClientOptions['transport'];
}

/** How many times in a row a project may refuse a channel until it is left alone: it may know nothing of ours. */
const MOST_REFUSALS = 5;
const LONGEST_WAIT = 300_000;
const AGAIN = 60_000;

/**
 * Wakes when the database tells that records of the domains were written (topic `records:<entity>:<domain>`, see the
 * migration tell_changes), and when it begins to listen, for what was told before. Where the socket or the channels
 * cannot be had it stays silent: who listens asks from time to time in any case. The library is loaded by the first use.
 */
export function broadcastWakes(options: BroadcastOptions): WakeSource {
	return (wake) => {
		const ending = new AbortController();
		// Without the library's file, say offline, there is nothing to hear until the next time.
		listen(options, wake, ending.signal).catch(() => undefined);
		return () => ending.abort();
	};
}

async function listen(options: BroadcastOptions, wake: () => void, signal: AbortSignal): Promise<void> {
	const { RealtimeClient, REALTIME_SUBSCRIBE_STATES: states } = await import('@supabase/realtime-js');
	// Without a token nobody may listen: nothing is even tried.
	await options.accessToken();
	if (signal.aborted) return;
	const client = new RealtimeClient(socketAddress(options.url), {
		params: { apikey: options.publishableKey },
		accessToken: options.accessToken,
		// Doubling from a second to five minutes, with up to a quarter taken off, so that not all come back at once.
		reconnectAfterMs: (tries) => Math.min(1000 * 2 ** (tries - 1), LONGEST_WAIT) * (1 - Math.random() / 4),
		...(options.transport ? { transport: options.transport } : {})
	});
	signal.addEventListener('abort', () => void client.removeAllChannels().catch(() => undefined), { once: true });
	// A channel that is joined before there is a token is refused.
	await client.setAuth();
	if (signal.aborted) return;
	for (const domain of options.domains) {
		let refusals = 0;
		const join = () => {
			if (signal.aborted) return;
			const channel = client.channel(`records:${options.entity}:${domain}`, { config: { private: true } });
			channel.on('broadcast', { event: 'changed' }, wake).subscribe((status) => {
				if (signal.aborted) return;
				if (status === states.SUBSCRIBED) {
					refusals = 0;
					wake();
				} else if (status === states.CHANNEL_ERROR && client.isConnected() && ++refusals === MOST_REFUSALS) {
					void client.removeChannel(channel).catch(() => undefined);
				} else if (status === states.CLOSED && refusals < MOST_REFUSALS) {
					// As Realtime does when a token ran out while the page slept; the library leaves it at that.
					const again = setTimeout(join, AGAIN);
					signal.addEventListener('abort', () => clearTimeout(again), { once: true });
				}
			});
		};
		join();
	}
}

/** The address of a project's Realtime: ws where the project is http, as on this machine, else wss. */
function socketAddress(url: string): string {
	const address = new URL(`${url.replace(/\/$/, '')}/realtime/v1`);
	address.protocol = address.protocol.replace('http', 'ws');
	return address.href;
}
