/** What one tab does alone: a whole pass with the server, or one short reading and writing of the device. */
export type Turn = 'sync' | 'write';

/** How the tabs of one account keep out of each other's way and tell each other what changed. */
export interface SyncTabs {
	/** Runs `work` while no other tab has the same turn. Rejects with the signal's reason while it waits. */
	alone<T>(turn: Turn, work: () => Promise<T>, signal?: AbortSignal): Promise<T>;
	/** Tells the other tabs that something of an entity changed on the device. */
	tell(entity: string): void;
	close(): void;
}

/**
 * Joins the other tabs of an account, by Web Locks and a BroadcastChannel, both named `arca-sync-<account>`. Where the
 * browser has neither, this tab counts as the only one.
 * @param hear called with an entity's id when another tab changed something of it
 */
export function joinSyncTabs(account: string, hear: (entity: string) => void): SyncTabs {
	const name = `arca-sync-${account}`;
	const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(name);
	if (channel) {
		channel.onmessage = ({ data }: MessageEvent<{ entity?: unknown } | null>) => {
			if (typeof data?.entity === 'string') hear(data.entity);
		};
		// In Node a channel would keep the process; browsers have no such method.
		(channel as { unref?: () => void }).unref?.();
	}
	const { alone } = typeof navigator === 'undefined' || !('locks' in navigator) ? ownTurns() : lockedTurns(name);
	let closed = false;
	return {
		alone,
		// Work that is under way when this tab leaves may still end.
		tell: (entity) => closed || channel?.postMessage({ entity }),
		close: () => {
			closed = true;
			channel?.close();
		}
	};
}

function lockedTurns(name: string): Pick<SyncTabs, 'alone'> {
	return {
		alone: <T>(turn: Turn, work: () => Promise<T>, signal?: AbortSignal): Promise<T> =>
			navigator.locks.request(turn === 'sync' ? name : `${name}-${turn}`, signal ? { signal } : {}, work)
	};
}

/** Turns within one page: each waits for the one before it. */
export function ownTurns(): Pick<SyncTabs, 'alone'> {
	const last = new Map<Turn, Promise<unknown>>();
	return {
		async alone(turn, work, signal) {
			const before = last.get(turn) ?? Promise.resolve();
			const mine = before.then(() => {
				signal?.throwIfAborted();
				return work();
			});
			last.set(
				turn,
				mine.catch(() => undefined)
			);
			return mine;
		}
	};
}
