import { fromBase64url } from '../../crypto/base64url.ts';
import { sniffHead } from '../../files/sniff.ts';

/** An address that holds a thumbnail itself, so that nothing is asked of anybody; null for anything but a small picture. */
export function thumbUrl(thumb: string | undefined): string | null {
	if (!thumb) return null;
	try {
		const type = sniffHead(fromBase64url(thumb));
		if (type !== 'image/webp' && type !== 'image/jpeg') return null;
		return `data:${type};base64,${thumb.replaceAll('-', '+').replaceAll('_', '/')}`;
	} catch {
		return null;
	}
}
