import { createSecretKey } from 'node:crypto';
import type { Aead } from '../../../src/lib/crypto/aead.ts';
import { nobleGcm } from '../../../src/lib/crypto/aes-gcm-noble.ts';
import { openEnvelope, sealEnvelope } from '../../../src/lib/crypto/envelope.ts';
import type { Header } from '../../../src/lib/crypto/envelope.ts';
import type { Place } from '../../../src/lib/crypto/place.ts';
import { aesGcm } from '../../../src/lib/server/system-layer/aes-gcm.ts';

/** The envelope over one implementation of the cipher, with its key as bytes. */
export interface Implementation {
	name: string;
	seal: (key: Uint8Array, header: Header, place: Place, nonce: Uint8Array, plain: Uint8Array) => Uint8Array;
	open: (key: Uint8Array, header: Header, place: Place, envelope: Uint8Array) => Uint8Array;
}

function over<Key>(name: string, aead: Aead<Key>, keyOf: (bytes: Uint8Array) => Key): Implementation {
	return {
		name,
		seal: (key, ...rest) => sealEnvelope(aead, keyOf(key), ...rest),
		open: (key, ...rest) => openEnvelope(aead, keyOf(key), ...rest)
	};
}

export const node = over('node:crypto', aesGcm, (bytes) => createSecretKey(bytes));
export const noble = over('@noble/ciphers', nobleGcm, (bytes) => bytes);
export const implementations = [node, noble];
