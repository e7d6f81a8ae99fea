/**
 * What was drawn, as WebP; some browsers do not write that and give a PNG instead: there as JPEG.
 * @param quality from 0 to 1
 */
export async function encodePicture(canvas: OffscreenCanvas, quality: number): Promise<Blob> {
	const webp = await canvas.convertToBlob({ type: 'image/webp', quality });
	return webp.type === 'image/webp' ? webp : canvas.convertToBlob({ type: 'image/jpeg', quality });
}
