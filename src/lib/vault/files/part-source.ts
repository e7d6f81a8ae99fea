import { toBase64url } from '../../crypto/base64url.ts';
import type { Bytes } from '../../crypto/bytes.ts';
import { sha256 } from '../../crypto/digest.ts';
import { partSize, sealedPartSize } from '../../crypto/part.ts';
import { VaultError } from '../vault-error.ts';
import type { UploadPorts } from './upload-ports.ts';
import { contentSize } from './upload.ts';
import type { SentPart, Upload } from './upload.ts';

/** The content of one part of an upload, from where it lies; `sent` is its note. */
export type PartSource = (part: number, sent?: SentPart) => Promise<Bytes>;

/** The parts that this device keeps: sealed with the content's key, in the place of the file. */
export function keptParts({ store, keys }: UploadPorts, { file, key, size }: Upload): PartSource {
	return async (part) => {
		const kept = await store.parts.get(file, part);
		if (!kept) throw new VaultError('file/choose-again');
		return key ? keys().openPart({ key, content: file, part }, contentSize(size, part), kept) : kept;
	};
}

/** Keeps the parts of a chosen file so. @throws DeviceError `device/full`, VaultError `file/changed` */
export async function keepParts(
	{ store, keys }: UploadPorts,
	{ file, key, size, parts }: Upload,
	chosen: Blob
): Promise<void> {
	const source = chosenParts(chosen, size);
	for (const part of parts.keys()) {
		const content = await source(part);
		const bytes = key ? (await keys().sealPart({ key, content: file, part }, content)).bytes : content;
		await store.parts.put(file, part, bytes, true);
	}
}

/** The parts of a file as it lies on the disk. @throws VaultError `file/changed` where it is another than was chosen */
export function chosenParts(chosen: Blob, size: number): PartSource {
	return async (part) => {
		const from = part * partSize;
		try {
			const bytes = await readWithRoom(chosen.slice(from, from + contentSize(size, part)));
			if (chosen.size === size && bytes.length === contentSize(size, part)) return bytes;
		} catch (error) {
			// What changed on the disk since it was chosen cannot be read any more (File API, section 4.3).
			if (!(error instanceof DOMException)) throw error;
		}
		throw new VaultError('file/changed');
	};
}

/** Its bytes, at the end of memory in which they can be sealed: to copy them would cost as much as the cipher. */
async function readWithRoom(piece: Blob): Promise<Bytes> {
	const room = new Uint8Array(sealedPartSize(piece.size) - piece.size);
	return new Uint8Array(await new Blob([room, piece]).arrayBuffer()).subarray(room.length);
}

/** @throws VaultError `file/other` where what was sent of an upload is not of this file */
export async function checkSame({ size, parts }: Upload, chosen: Blob): Promise<void> {
	if (chosen.size !== size) throw new VaultError('file/other');
	const source = chosenParts(chosen, size);
	for (const [part, { plain }] of parts.entries()) {
		if (plain === undefined) continue;
		if (toBase64url(await sha256(await source(part))) !== plain) throw new VaultError('file/other');
	}
}
