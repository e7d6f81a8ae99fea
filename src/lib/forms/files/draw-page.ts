import type { PDFDocumentProxy } from 'pdfjs-dist';

/** Pixels of the widest page: sharp on a screen, and no more memory than a phone has. */
const WIDEST = 1600;

/**
 * Draws a page as wide as the canvas stands on the screen.
 * @param number from 1 on
 * @returns its text, a line each, and its width by its height
 */
export async function drawPage(
	pdf: PDFDocumentProxy,
	number: number,
	canvas: HTMLCanvasElement,
	signal: AbortSignal
): Promise<{ text: string; shape: number }> {
	const page = await pdf.getPage(number);
	signal.throwIfAborted();
	const whole = page.getViewport({ scale: 1 });
	const width = Math.min(WIDEST, canvas.clientWidth * devicePixelRatio);
	const viewport = page.getViewport({ scale: width / whole.width });
	[canvas.width, canvas.height] = [Math.round(viewport.width), Math.round(viewport.height)];
	const drawing = page.render({ canvas, viewport });
	signal.addEventListener('abort', () => drawing.cancel());
	await drawing.promise;
	const { items } = await page.getTextContent();
	const text = items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join('');
	return { text, shape: whole.width / whole.height };
}
