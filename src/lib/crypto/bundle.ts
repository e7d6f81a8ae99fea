// The bundle is what only its owner may change unseen: the identity's private keys, whom one knows, what one accepted.
import { openInPlace, sealInPlace } from './aes-gcm.ts';
import { equalBytes } from './bytes.ts';
import type { Bytes } from './bytes.ts';
import { parseBundle, writeBundle } from './bundle-json.ts';
import type { Bundle } from './bundle-json.ts';
import { CryptoError } from './crypto-error.ts';
import type { Header } from './envelope.ts';
import { hkdfAesKey } from './hkdf.ts';
import type { KeyMaterial } from './hkdf.ts';
import { identityBytes, publicIdentity } from './identity.ts';
import type { PublicIdentity } from './identity.ts';
import { labels } from './labels.ts';
import { pad, unpad } from './padding.ts';
import type { Place } from './place.ts';
import { noEntity } from './uuid.ts';

const header: Header = { layer: 'U', keyNumber: 0 };

/**
 * Seals a bundle as the next version of a user's.
 * @param accountKey 32 bytes, or the HKDF key of them.
 * @param version whole number from 1, one more than the version before.
 * @param nonce drawn here; only the published vectors give their own.
 */
export async function sealBundle(
	accountKey: KeyMaterial,
	user: string,
	version: number,
	bundle: Bundle,
	nonce?: Bytes
): Promise<Bytes> {
	const text = writeBundle(bundle);
	const plain = new Uint8Array(pad(text));
	text.fill(0);
	const envelope = await sealInPlace(await bundleKey(accountKey), header, placeOf(user, version), plain, nonce);
	plain.fill(0);
	return envelope;
}

/**
 * The bundle inside an envelope.
 * @param version the version that the server says it is.
 * @param served the public identity that the server gives for this user: it must be the bundle's own.
 * @param seen the highest version that this device has seen.
 * @throws CryptoError `crypto/rolled-back` when the version is below the highest seen, `crypto/cannot-open` when it does
 * not open there or is no bundle, `crypto/identity-changed` when another identity is served than it holds.
 */
export async function openBundle(
	accountKey: KeyMaterial,
	user: string,
	version: number,
	envelope: Bytes,
	served: PublicIdentity,
	seen = 1
): Promise<Bundle> {
	if (version < seen) throw new CryptoError('crypto/rolled-back');
	const place = placeOf(user, version);
	const plain = await openInPlace(await bundleKey(accountKey), header, place, envelope);
	const bundle = parseBundle(unpad(plain));
	plain.fill(0);
	if (!equalBytes(identityBytes(await publicIdentity(bundle.identity)), identityBytes(served))) {
		for (const seed of [bundle.identity.kem, bundle.identity.sign]) seed.fill(0);
		throw new CryptoError('crypto/identity-changed');
	}
	return bundle;
}

async function bundleKey(accountKey: KeyMaterial): Promise<CryptoKey> {
	return hkdfAesKey(accountKey, labels.bundle);
}

function placeOf(user: string, version: number): Place {
	if (!Number.isSafeInteger(version) || version < 1) throw new CryptoError('crypto/input');
	return { purpose: 'bundle', entity: noEntity, domain: '', object: user, revision: BigInt(version) };
}
