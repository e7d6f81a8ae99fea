/** A word between the tabs of one person: the id of an entity that has something new, never content. */
export interface TabNudge {
	say(entity: string): void;
	end(): void;
}

/** Joins the person's other tabs; `hear` is called when one of them saved something. */
export function joinNudges(user: string, hear: (entity: string) => void): TabNudge {
	// Where it is missing, the tabs still meet within a minute.
	if (typeof BroadcastChannel === 'undefined') return { say: () => undefined, end: () => undefined };
	const channel = new BroadcastChannel(`arca-vault-${user}`);
	channel.onmessage = ({ data }: MessageEvent<unknown>) => {
		if (typeof data === 'string') hear(data);
	};
	return { say: (entity) => channel.postMessage(entity), end: () => channel.close() };
}
