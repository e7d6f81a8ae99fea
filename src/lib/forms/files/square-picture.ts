import type { Bytes } from '../../crypto/bytes.ts';
import { encodePicture } from './encode-picture.ts';

/** The sides of a square picture, in pixels: sharp at 96 px of the page on a dense screen. */
const SIDE = 256;

/** This browser does not draw the picture: it is damaged, or of a kind it does not know. */
export class NotDrawn extends Error {}

/**
 * The middle of a picture as a small square, turned as it is seen. It is drawn anew, so nothing that a camera wrote into
 * the file is in it.
 * @returns a WebP or JPEG of 256 × 256 pixels
 * @throws NotDrawn
 */
export async function squarePicture(picture: Blob): Promise<Bytes> {
	let drawn: ImageBitmap | undefined;
	try {
		drawn = await createImageBitmap(picture, { imageOrientation: 'from-image' });
		const { width, height } = drawn;
		const side = Math.min(width, height);
		const canvas = new OffscreenCanvas(SIDE, SIDE);
		const pen = canvas.getContext('2d');
		if (!pen) throw new NotDrawn();
		// What is seen through a picture is paper, in the light and the dark.
		pen.fillStyle = '#fff';
		pen.fillRect(0, 0, SIDE, SIDE);
		pen.imageSmoothingQuality = 'high';
		pen.drawImage(drawn, (width - side) / 2, (height - side) / 2, side, side, 0, 0, SIDE, SIDE);
		return new Uint8Array(await (await encodePicture(canvas, 0.85)).arrayBuffer());
	} catch {
		throw new NotDrawn();
	} finally {
		drawn?.close();
	}
}
