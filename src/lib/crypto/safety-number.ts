import { joinBytes } from './bytes.ts';
import { sha512 } from './digest.ts';
import { identityBytes } from './identity.ts';
import type { PublicIdentity } from './identity.ts';
import { labels } from './labels.ts';
import { toUtf8 } from './utf8.ts';

const groups = 12;

/**
 * What two people compare to know that they see the same identity: twelve groups of five digits. Each is 40 bits of
 * SHA-512("arca/1 safety" 0 kem sign) modulo 100,000. A QR code holds the sixty digits in a row.
 */
export async function safetyNumber(identity: PublicIdentity): Promise<string[]> {
	const digest = await sha512(joinBytes(toUtf8(`${labels.safety}\0`), identityBytes(identity)));
	return Array.from({ length: groups }, (_, group) => {
		const number = digest.subarray(5 * group, 5 * group + 5).reduce((sum, byte) => sum * 256 + byte, 0);
		return String(number % 100_000).padStart(5, '0');
	});
}
