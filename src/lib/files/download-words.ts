/**
 * What a page and the service worker say to each other so that a file reaches the disk without ever being whole in
 * memory. The two may be of different versions: the meaning of a word never changes.
 */

/** Where files are fetched from the worker: each from an address of its own, once. The server has nothing there. */
export const DOWNLOADS = '/download/';

/** A page to the worker, with a port over which the rest goes. */
export interface DownloadOffer {
	readonly word: typeof OFFER_DOWNLOAD;
	/** Of the file, as its record has it. */
	readonly name: string;
	/** Its bytes. */
	readonly size: number;
}
export const OFFER_DOWNLOAD = 'offer-download';
/** A page to the worker, now and then while a file is on its way: a browser ends a worker that nobody talks to. */
export const STAY = 'stay';

/** The worker over the port: where the file is to be fetched; that the browser wants more of it, or none any more. */
export type DownloadWish = { readonly path: string } | 'more' | 'stop';
/** The page over the port: the next bytes, the end of a file that is right, or that it is not to be had. */
export type DownloadPiece = Uint8Array<ArrayBuffer> | 'end' | 'fail';

/** Reads a message to the worker: anything but an offer is null. */
export function readOffer(data: unknown): DownloadOffer | null {
	const offer = data as Partial<DownloadOffer> | null;
	if (typeof offer !== 'object' || offer?.word !== OFFER_DOWNLOAD) return null;
	return typeof offer.name === 'string' && Number.isSafeInteger(offer.size) ? (offer as DownloadOffer) : null;
}
