import type { Exchange } from '../stage/front.ts';

/**
 * Nonces that stood in the requests with more than one sealed text: those of body envelopes (bytes 6 to 17, after the
 * header) and of wrapped account keys (the first 12). What is sent again as it was is no second use.
 */
export function repeatedNonces(exchanges: readonly Exchange[]): string[] {
	const seen = new Map<string, string>();
	const repeated = new Set<string>();
	for (const { body } of exchanges) {
		for (const [, name, text = ''] of body.toString('latin1').matchAll(/"(sealed|accountKey)":"([\w-]+)"/g)) {
			const bytes = Buffer.from(text, 'base64url');
			if (name === 'sealed' && !isEnvelope(bytes)) continue;
			const nonce = bytes.subarray(...(name === 'sealed' ? [6, 18] : [0, 12])).toString('hex');
			if ((seen.get(nonce) ?? text) !== text) repeated.add(nonce);
			seen.set(nonce, text);
		}
	}
	return [...repeated];
}

/** A sealed grant has no nonce of its own. */
function isEnvelope(bytes: Buffer): boolean {
	return bytes[0] === 1 && bytes[1] === 0x55;
}
