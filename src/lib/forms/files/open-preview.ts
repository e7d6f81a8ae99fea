import type { Bytes } from '../../crypto/bytes.ts';
import { joinBytes } from '../../crypto/bytes.ts';
import { HEAD, readText, sniffHead } from '../../files/sniff.ts';

/** Bytes of the largest file that is shown here, and of the longest text. */
const MOST_SHOWN = 64 * 1024 * 1024;
const MOST_TEXT = 1024 * 1024;

/** What is shown of a file; `none` where it is not shown here, being too large or of another kind. */
export type Preview =
	| { readonly as: 'image' | 'audio'; readonly blob: Blob }
	| { readonly as: 'text'; readonly text: string }
	| { readonly as: 'pdf'; readonly bytes: Bytes }
	| { readonly as: 'none'; readonly why: 'kind' | 'large' };

/**
 * Reads a file for being shown. Nothing is shown before all of it was read, and is right; no more is read of a file than
 * tells that it is not shown. What it is, its bytes say.
 * @param size bytes, as its record has it
 * @param pieces its bytes, authenticated, in order; they end only when the whole file is right, and throw otherwise
 * @throws whatever `pieces` throws
 */
export async function openPreview(size: number, pieces: AsyncGenerator<Bytes>): Promise<Preview> {
	try {
		if (size > MOST_SHOWN) return { as: 'none', why: 'large' };
		const parts: Bytes[] = [];
		for await (const part of pieces) {
			parts.push(part);
			if (parts.length > 1 || sniffHead(part.subarray(0, HEAD)) !== null) continue;
			if (size > MOST_TEXT) return { as: 'none', why: 'kind' };
		}
		return previewOf(parts);
	} finally {
		await pieces.return(undefined);
	}
}

function previewOf(parts: Bytes[]): Preview {
	const type = sniffHead((parts[0] ?? new Uint8Array()).subarray(0, HEAD));
	if (type === 'application/pdf') return { as: 'pdf', bytes: joinBytes(...parts) };
	if (type?.startsWith('image/')) return { as: 'image', blob: new Blob(parts, { type }) };
	if (type?.startsWith('audio/')) return { as: 'audio', blob: new Blob(parts, { type }) };
	const text = type === null ? readText(joinBytes(...parts)) : null;
	return text === null ? { as: 'none', why: 'kind' } : { as: 'text', text };
}
