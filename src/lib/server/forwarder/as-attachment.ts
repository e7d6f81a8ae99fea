/** Types that a stored object may be given out under: nothing that a browser would run or draw with scripts. */
const HARMLESS = new Set([
	'application/octet-stream',
	'application/pdf',
	'audio/mp4',
	'audio/mpeg',
	'audio/ogg',
	'audio/wav',
	'audio/webm',
	'image/avif',
	'image/gif',
	'image/jpeg',
	'image/png',
	'image/webp'
]);

/**
 * A stored object as the browser gets it: to be kept, never to be opened as a page, since it comes from our own origin.
 * What the storage says about itself (JSON) stays as it is.
 */
export function asAttachment(answer: Response): Response {
	const [type = ''] = (answer.headers.get('content-type') ?? '').toLowerCase().split(';');
	if (type.trim() === 'application/json') return answer;
	if (!HARMLESS.has(type.trim())) answer.headers.set('content-type', 'application/octet-stream');
	answer.headers.set('content-disposition', 'attachment');
	return answer;
}
