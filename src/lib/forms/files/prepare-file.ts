import { HEAD, sniffHead } from '../../files/sniff.ts';
import { placeIn, stripPlace } from '../../files/strip-place.ts';
import { makeThumb } from './make-thumb.ts';

/** Bytes of a picture that is taken apart in memory. */
const MOST_PICTURE = 128 * 1024 * 1024;

/** A file as it will be attached. */
export interface PreparedFile {
	readonly file: File;
	readonly thumb?: string;
	/** It is a camera's, and what it tells of the place could not be taken out. */
	readonly placeStays: boolean;
}

/** Makes a chosen file ready: of a picture, without what the camera wrote into it unless that is wanted, and with a thumbnail. */
export async function prepareFile(chosen: File, keepPlace: boolean): Promise<PreparedFile> {
	const head = new Uint8Array(await chosen.slice(0, HEAD).arrayBuffer());
	const place = keepPlace ? 'none' : placeIn(head);
	const stripped = place === 'strips' ? await withoutPlace(chosen) : null;
	const file = stripped ?? chosen;
	const thumb = sniffHead(head)?.startsWith('image/') ? await makeThumb(file) : undefined;
	return { file, ...(thumb ? { thumb } : {}), placeStays: place === 'stays' || (place === 'strips' && !stripped) };
}

async function withoutPlace(chosen: File): Promise<File | null> {
	if (chosen.size > MOST_PICTURE) return null;
	const pieces = stripPlace(new Uint8Array(await chosen.arrayBuffer()));
	return pieces && new File(pieces, chosen.name, { type: chosen.type });
}
