/** What the tabs of one account tell each other about locking: somebody is at work, chose other minutes, locked the vault. */
export type LockMessage = 'used' | 'chosen' | 'locked';

const MESSAGES: readonly unknown[] = ['used', 'chosen', 'locked'] satisfies LockMessage[];

export interface LockTabs {
	tell(message: LockMessage): void;
	close(): void;
}

/** Joins the other tabs of an account. `hear` is called for what they tell, never for one's own messages. */
export function joinLockTabs(account: string, hear: (message: LockMessage) => void): LockTabs {
	if (typeof BroadcastChannel === 'undefined') return { tell: () => undefined, close: () => undefined };
	const channel = new BroadcastChannel(`arca-lock-${account}`);
	channel.onmessage = ({ data }: MessageEvent<unknown>) => {
		if (MESSAGES.includes(data)) hear(data as LockMessage);
	};
	return { tell: (message) => channel.postMessage(message), close: () => channel.close() };
}
