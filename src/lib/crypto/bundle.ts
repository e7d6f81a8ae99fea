// The bundle is what only its owner may change unseen: the identity's private keys, whom one knows, what one accepted.
import { drawNonce } from './aes-gcm.ts';
import { nobleGcm } from './aes-gcm-noble.ts';
import { equalBytes } from './bytes.ts';
import type { Bytes } from './bytes.ts';
import { parseBundle, writeBundle } from './bundle-json.ts';
import type { Bundle } from './bundle-json.ts';
import { CryptoError } from './crypto-error.ts';
import { openEnvelope, sealEnvelope } from './envelope.ts';
import type { Header } from './envelope.ts';
import { hkdf } from './hkdf.ts';
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
	nonce: Bytes = drawNonce()
): Promise<Bytes> {
	const place = placeOf(user, version);
	const key = await hkdf(accountKey, labels.bundle);
	const text = writeBundle(bundle);
	const plain = pad(text);
	try {
		return new Uint8Array(sealEnvelope(nobleGcm, key, header, place, nonce, plain));
	} finally {
		for (const secret of [key, text, plain]) secret.fill(0);
	}
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
	const key = await hkdf(accountKey, labels.bundle);
	const bundle = openText(key, place, envelope);
	if (!equalBytes(identityBytes(await publicIdentity(bundle.identity)), identityBytes(served))) {
		for (const seed of [bundle.identity.kem, bundle.identity.sign]) seed.fill(0);
		throw new CryptoError('crypto/identity-changed');
	}
	return bundle;
}

/** Writes over the key and the text, whatever comes of it. */
function openText(key: Bytes, place: Place, envelope: Bytes): Bundle {
	let plain: Uint8Array = new Uint8Array();
	try {
		plain = openEnvelope(nobleGcm, key, header, place, envelope);
		return parseBundle(unpad(plain));
	} finally {
		for (const secret of [key, plain]) secret.fill(0);
	}
}

function placeOf(user: string, version: number): Place {
	if (!Number.isSafeInteger(version) || version < 1) throw new CryptoError('crypto/input');
	return { purpose: 'bundle', entity: noEntity, domain: '', object: user, revision: BigInt(version) };
}
