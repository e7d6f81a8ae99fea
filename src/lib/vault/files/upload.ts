import type { Domain } from '../../api/ids.ts';
import { partSize } from '../../crypto/part.ts';
import { partsOf } from '../../crypto/file-content.ts';

/** The largest file, in bytes. */
export const MOST_BYTES = 4 * 1024 * 1024 * 1024;
/** A file up to so many bytes is kept sealed on this device until it is on the server: nobody has to choose it again. */
export const MOST_KEPT_BYTES = 32 * 1024 * 1024;

/** A part that was sent, or was about to be. */
export interface SentPart {
	/** SHA-256 of each way it was sealed and sent, base64url: one of them is what the server has. */
	tries: string[];
	/** The one that it is; not said before the server did. */
	stored?: string;
	/** SHA-256 of the part of the content whose place it takes, base64url. */
	old?: string;
	/** SHA-256 of its content, where the file is not kept here: whether the same file is chosen again. */
	plain?: string;
}

/** A file on its way, as this device notes it. Whatever happens, it goes on from here. */
export interface Upload {
	/** The id that the file's record will have. */
	file: string;
	entity: string;
	domain: Domain;
	name: string;
	type: string;
	size: number;
	/** A small picture of it, base64url. */
	thumb?: string;
	/** By which the key worker knows the content's key; absent where the domain has no user layer. */
	key?: string;
	/** Its parts are on this device, under the file's id. */
	kept: boolean;
	/** Some of them may still be as they were before it had a key: see `underLayerOfNow`. */
	unsealed?: true;
	/** The id of the content whose place this one takes: its parts are read from there, by what the file's record tells of it. */
	renews?: string;
	/** The content's id, once the server opened one. */
	content?: string;
	parts: SentPart[];
}

/** An upload at its beginning. */
export function newUpload(of: Omit<Upload, 'kept' | 'parts'>): Upload {
	return { ...of, kept: !of.renews && of.size <= MOST_KEPT_BYTES, parts: blankParts(of.size) };
}

/** The same from the beginning: what the server had of it is of no use. */
export function restarted({ content: _, ...upload }: Upload): Upload {
	const parts = upload.parts.map(({ plain }): SentPart => ({ tries: [], ...(plain ? { plain } : {}) }));
	return { ...upload, parts };
}

/** Bytes of content that the server has for certain. */
export function sentBytes({ size, parts }: Upload): number {
	return parts.reduce((sum, { stored }, part) => sum + (stored ? contentSize(size, part) : 0), 0);
}

/** Bytes of content in a part. */
export function contentSize(size: number, part: number): number {
	return Math.max(0, Math.min(partSize, size - part * partSize));
}

function blankParts(size: number): SentPart[] {
	return Array.from({ length: partsOf(size) }, () => ({ tries: [] }));
}
