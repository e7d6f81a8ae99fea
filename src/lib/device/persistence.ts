/** How much this origin keeps, and may keep, in bytes; null where the browser does not tell. */
export interface Persistence {
	/** Whether the browser promised not to remove it when it needs room. */
	persisted: boolean;
	usage: number | null;
	quota: number | null;
}

/**
 * Asks the browser to keep what this origin stored, also when it needs room: it may ask the person, or say no.
 * @returns what holds afterwards
 */
export async function askToPersist(): Promise<Persistence> {
	try {
		await navigator.storage.persist();
	} catch {
		// Where there is no such promise to be had, the estimate says so.
	}
	return readPersistence();
}

/** What the browser tells of this origin's storage, without asking anybody. */
export async function readPersistence(): Promise<Persistence> {
	try {
		const [persisted, { usage, quota }] = [await navigator.storage.persisted(), await navigator.storage.estimate()];
		return { persisted, usage: usage ?? null, quota: quota ?? null };
	} catch {
		return { persisted: false, usage: null, quota: null };
	}
}
