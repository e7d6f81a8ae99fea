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
			return await crypto.subtle.verify('Ed25519', await publicKeyOf(publicKey), signature, message);
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

/** The key of these bytes. Many signatures in a row are one author's: the last key is kept. */
async function publicKeyOf(bytes: Bytes): Promise<CryptoKey> {
	if (last && equalBytes(last.bytes, bytes)) return last.key;
	const key = await importPublic(bytes);
	last = { bytes: new Uint8Array(bytes), key };
	return key;
}

async function importPublic(publicKey: Bytes): Promise<CryptoKey> {
	return crypto.subtle.importKey('raw', publicKey, 'Ed25519', true, ['verify']);
}
