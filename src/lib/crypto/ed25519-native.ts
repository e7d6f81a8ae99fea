import { equalBytes, joinBytes } from './bytes.ts';
import type { Bytes } from './bytes.ts';
import type { Ed25519 } from './ed25519.ts';
import { fromHex } from './hex.ts';

/** What stands before the seed in a PKCS #8 private key (RFC 8410, section 7). */
const pkcs8 = fromHex('302e020100300506032b657004220420');

/** Ed25519 by WebCrypto, or nothing where the runtime does not know it. */
export async function nativeEd25519(): Promise<Ed25519 | undefined> {
	try {
		await importPublic(fromHex('5866666666666666666666666666666666666666666666666666666666666666'));
		return native;
	} catch {
		return undefined;
	}
}

const native: Ed25519 = {
	async verify(publicKey, message, signature) {
		try {
			const key = keptKey(publicKey) ?? (await importPublic(publicKey));
			return await crypto.subtle.verify('Ed25519', key, signature, message);
		} catch {
			// Some runtimes find out on import that 32 bytes are no point, some on verifying.
			return false;
		}
	},

	async signer(seed) {
		const noble = await import('./ed25519-noble.ts');
		const publicKey = noble.publicKeyOf(seed);
		const encoded = joinBytes(pkcs8, seed);
		try {
			const key = await crypto.subtle.importKey('pkcs8', encoded, 'Ed25519', false, ['sign']);
			const sign = async (message: Bytes): Promise<Bytes> =>
				new Uint8Array(await crypto.subtle.sign('Ed25519', key, message));
			return { publicKey, sign };
		} finally {
			encoded.fill(0);
		}
	}
};

let last: { bytes: Bytes; key: CryptoKey } | undefined;

/** The key of these bytes where it is the last one. Many signatures in a row are one author's. */
function keptKey(bytes: Bytes): CryptoKey | undefined {
	return last && equalBytes(last.bytes, bytes) ? last.key : undefined;
}

async function importPublic(publicKey: Bytes): Promise<CryptoKey> {
	const bytes = new Uint8Array(publicKey);
	const key = await crypto.subtle.importKey('raw', bytes, 'Ed25519', true, ['verify']);
	last = { bytes, key };
	return key;
}
