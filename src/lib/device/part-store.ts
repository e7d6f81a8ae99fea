/** Parts of files that this device keeps: those that wait to be uploaded, and those that were opened lately. */
export interface PartStore {
	/**
	 * Keeps a part.
	 * @param bytes as it is on the server without the system layer
	 * @param waiting it is on no server yet
	 * @throws DeviceError `device/full`
	 */
	put(content: string, part: number, bytes: Uint8Array<ArrayBuffer>, waiting?: boolean): Promise<void>;
	/** A part; null where it is not kept, or does not open. */
	get(content: string, part: number): Promise<Uint8Array<ArrayBuffer> | null>;
	/** The parts of a content are on the server: from now on they are kept for as long as there is room. */
	settle(content: string): Promise<void>;
	/** Forgets the parts of a content. */
	drop(content: string): Promise<void>;
}

/** How many bytes of parts are kept besides those that wait; what was used longest ago goes first. */
export const MOST_KEPT = 256 * 1024 * 1024;
