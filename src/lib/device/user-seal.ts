/** A device whose user's own key exists and is not in memory: what belongs under it is not written at all. */
export type Locked = 'locked';

/**
 * The second seal on what this device keeps of domains with a user layer: under a key that is never on the disk, so that
 * whoever has the device key has nothing of them.
 */
export interface UserSeal {
	/** Whether what belongs to a domain of an entity gets it. */
	covers(entity: string, domain: string): boolean;
	/** One envelope each, in order; `name` is authenticated, and holds no zero character. */
	seal(texts: readonly { name: string; text: string }[]): Promise<Uint8Array<ArrayBuffer>[]>;
	/** The texts; null for one that was sealed under another key or name. */
	open(texts: readonly { name: string; sealed: Uint8Array<ArrayBuffer> }[]): Promise<(string | null)[]>;
	/** Whether an envelope is under the key of now, and not under one before it. */
	isNewest(sealed: Uint8Array<ArrayBuffer>): boolean;
}

/** What a turn found. */
export interface TurnedSeal {
	/** How much was under an older key of the user's that is at hand. */
	older: number;
	/** Changes that wait, and texts of records, under a key that is not. */
	changes: number;
	drafts: number;
}
