/** What the tabs of one browser tell each other. No token travels: a tab that hears of a change reads the device. */
export type TabMessage = 'signed-in' | 'signed-out' | 'ended' | 'renewed';

const CHANNEL = 'arca-session';
const MESSAGES: readonly unknown[] = ['signed-in', 'signed-out', 'ended', 'renewed'] satisfies TabMessage[];

export interface Tabs {
	tell(message: TabMessage): void;
	close(): void;
}

/** Joins the other tabs. `hear` is called for what they tell, never for one's own messages. */
export function joinTabs(hear: (message: TabMessage) => void): Tabs {
	if (typeof BroadcastChannel === 'undefined') return { tell: () => undefined, close: () => undefined };
	const channel = new BroadcastChannel(CHANNEL);
	channel.onmessage = ({ data }: MessageEvent<unknown>) => {
		if (MESSAGES.includes(data)) hear(data as TabMessage);
	};
	return { tell: (message) => channel.postMessage(message), close: () => channel.close() };
}

/** Runs `work` while no other tab runs work of the same name. */
export async function aloneAmongTabs<T>(name: string, work: () => Promise<T>): Promise<T> {
	return navigator.locks.request(`arca-${name}`, work);
}

/** Whether a page is the only one of its kind. */
export interface Presence {
	/** This page is there from now on, until it goes. */
	enter(name: string): Promise<void>;
	/** Whether no other page of that name is there. */
	isAlone(name: string): Promise<boolean>;
}

/** Told by Web Locks: a page that is frozen, or dies, is known to be there, or gone. */
export const presence: Presence = {
	enter: (name) =>
		new Promise((resolve, reject) => {
			const stay = () => new Promise(() => resolve());
			navigator.locks.request(nameOf(name), { mode: 'shared' }, stay).catch(reject);
		}),
	isAlone: async (name) => {
		const { held = [] } = await navigator.locks.query();
		return held.filter((lock) => lock.name === nameOf(name)).length <= 1;
	}
};

function nameOf(name: string): string {
	return `arca-there-${name}`;
}
