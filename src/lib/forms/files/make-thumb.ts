import { toBase64url } from '../../crypto/base64url.ts';
import { encodePicture } from './encode-picture.ts';

/** The longer side of a thumbnail, in pixels. */
const SIDE = 192;
/** Bytes of a thumbnail: it is part of the file's record, and sealed with it. */
const MOST = 9 * 1024;

/**
 * A small picture of a picture, turned as it is seen.
 * @returns a WebP or JPEG of at most 9 KiB, base64url; undefined where this browser does not draw it
 */
export async function makeThumb(picture: Blob): Promise<string | undefined> {
	let drawn: ImageBitmap | undefined;
	try {
		drawn = await createImageBitmap(picture, { imageOrientation: 'from-image' });
		const scale = Math.min(1, SIDE / Math.max(drawn.width, drawn.height));
		const size = (side: number): number => Math.max(1, Math.round(side * scale));
		const canvas = new OffscreenCanvas(size(drawn.width), size(drawn.height));
		const pen = canvas.getContext('2d');
		if (!pen) return undefined;
		// What is seen through a picture is paper, in the light and the dark.
		pen.fillStyle = '#fff';
		pen.fillRect(0, 0, canvas.width, canvas.height);
		pen.imageSmoothingQuality = 'high';
		pen.drawImage(drawn, 0, 0, canvas.width, canvas.height);
		for (const quality of [0.8, 0.6, 0.4, 0.2]) {
			const small = await encodePicture(canvas, quality);
			if (small.size <= MOST) return toBase64url(new Uint8Array(await small.arrayBuffer()));
		}
	} catch {
		// Of a kind that this browser does not draw, or damaged.
	} finally {
		drawn?.close();
	}
	return undefined;
}
