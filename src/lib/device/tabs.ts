/** What the tabs of one browser tell each other. No token travels: a tab that hears of a change reads the device. */
export type TabMessage = 'signed-in' | 'signed-out' | 'ended' | 'revoked' | 'renewed';

const CHANNEL = 'arca-session';
const MESSAGES: readonly unknown[] = ['signed-in', 'signed-out', 'ended', 'revoked', 'renewed'] satisfies TabMessage[];

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

/** Entered by this page: it counts once, however often it enters. */
const entered = new Map<string, Promise<void>>();

/** Told by Web Locks: a page that is frozen, or dies, is known to be there, or gone. */
export const presence: Presence = {
	enter: (name) => {
		const entering = entered.get(name) ?? stay(name);
		entered.set(name, entering);
		entering.catch(() => entered.delete(name));
		return entering;
	},
	isAlone: async (name) => {
		const { held = [] } = await navigator.locks.query();
		return held.filter((lock) => lock.name === nameOf(name)).length <= 1;
	}
};

function stay(name: string): Promise<void> {
	return new Promise((resolve, reject) => {
		const held = () => new Promise(() => resolve());
		navigator.locks.request(nameOf(name), { mode: 'shared' }, held).catch(reject);
	});
}

function nameOf(name: string): string {
	return `arca-there-${name}`;
}
