import { CryptoError } from '../../crypto/crypto-error.ts';
import { envelopeOverhead, envelopeRoom, openEnvelope, readKeyNumber, sealEnvelope } from '../../crypto/envelope.ts';
import { padText, unpadText } from '../../crypto/padded-text.ts';
import type { Place } from '../../crypto/place.ts';
import '../canary.ts';
import { aesGcm, aesGcmWithin } from './aes-gcm.ts';
import { bundlePlace, entityPlace, pinSharePlace, recordPlace, twoFactorPlace } from './body-place.ts';
import type { RecordPlace } from './body-place.ts';
import { bodyBytes, bodyText } from './body-text.ts';
import { EntityKeys } from './entity-keys.ts';
import { Nonces } from './nonces.ts';
import { readUserLayer, userLayerText } from './user-layer.ts';
import type { SystemKeys } from './system-keys.ts';

/**
 * The layer that the server seals everything with before it reaches the database, and takes off for the length of a
 * request. Bodies are envelopes of layer S as base64url text, sealed with the active system key.
 */
export class SystemLayer {
	readonly #active: number;
	readonly #keys: ReadonlyMap<number, EntityKeys>;
	readonly #nonces = new Nonces();

	constructor({ active, keys }: SystemKeys) {
		this.#active = active;
		this.#keys = new Map([...keys].map(([id, key]) => [id, new EntityKeys(key)]));
	}

	/**
	 * Seals the JSON text of a record. The text is not looked into: whoever wrote it has asked `isRecordPlain`.
	 * @throws CryptoError `crypto/input` when the place cannot exist or the text has a lone surrogate.
	 */
	sealRecord(place: RecordPlace, json: string): string {
		return this.#sealText(recordPlace(place), json);
	}

	/**
	 * The text that `sealRecord` sealed in this place, to the character.
	 * @throws CryptoError `crypto/cannot-open` for any other body.
	 */
	openRecord(place: RecordPlace, body: string): string {
		return unpadText(this.open(recordPlace(place), bodyBytes(body)));
	}

	/**
	 * Seals the JSON text of an entity's identifying fields; as with a record, the text is not looked into.
	 * @param revision the entity's, from 1.
	 * @throws CryptoError `crypto/input` when the place cannot exist or the text has a lone surrogate.
	 */
	sealEntity(entity: string, revision: bigint, json: string): string {
		return this.#sealText(entityPlace(entity, revision), json);
	}

	/**
	 * The text that `sealEntity` sealed in this place, to the character.
	 * @throws CryptoError `crypto/cannot-open` for any other body.
	 */
	openEntity(entity: string, revision: bigint, body: string): string {
		return unpadText(this.open(entityPlace(entity, revision), bodyBytes(body)));
	}

	/**
	 * Seals over what the browser sealed, in the same place; it is not opened, which nobody here could.
	 * @param generation of the domain key that its envelope must name.
	 * @throws CryptoError `crypto/input` when it is no envelope of the user layer and this generation.
	 */
	sealOverRecord(place: RecordPlace, generation: number, sealed: string): string {
		return this.#sealOver(recordPlace(place), generation, sealed);
	}

	/**
	 * What `sealOverRecord` sealed over in this place.
	 * @throws CryptoError `crypto/cannot-open` for any other body, one without a user layer or of another generation too.
	 */
	openOverRecord(place: RecordPlace, generation: number, body: string): string {
		return userLayerText(this.open(recordPlace(place), bodyBytes(body)), generation);
	}

	/**
	 * Seals over a person's bundle, whose envelope has the key number 0.
	 * @throws CryptoError `crypto/input` when it is no such envelope.
	 */
	sealOverBundle(user: string, version: number, sealed: string): string {
		return this.#sealOver(bundlePlace(user, version), 0, sealed);
	}

	/**
	 * What `sealOverBundle` sealed over.
	 * @throws CryptoError `crypto/cannot-open` for any other body.
	 */
	openOverBundle(user: string, version: number, body: string): string {
		return userLayerText(this.open(bundlePlace(user, version), bodyBytes(body)), 0);
	}

	/** Seals the secret of a person's two-step verification, its bytes as they are. */
	sealTwoFactor(user: string, version: number, secret: Uint8Array): string {
		return bodyText(this.seal(twoFactorPlace(user, version), secret));
	}

	/**
	 * The bytes that `sealTwoFactor` sealed.
	 * @throws CryptoError `crypto/cannot-open` for any other body.
	 */
	openTwoFactor(user: string, version: number, body: string): Uint8Array {
		return this.open(twoFactorPlace(user, version), bodyBytes(body));
	}

	/**
	 * Seals the share that is given out for a PIN, its bytes as they are.
	 * @param id drawn for this share.
	 */
	sealPinShare(user: string, id: string, share: Uint8Array): string {
		return bodyText(this.seal(pinSharePlace(user, id), share));
	}

	/**
	 * The bytes that `sealPinShare` sealed.
	 * @throws CryptoError `crypto/cannot-open` for any other body.
	 */
	openPinShare(user: string, id: string, body: string): Uint8Array {
		return this.open(pinSharePlace(user, id), bodyBytes(body));
	}

	/**
	 * Seals bytes as they are.
	 * @throws CryptoError `crypto/input` when the place cannot exist.
	 */
	seal(place: Place, plain: Uint8Array): Uint8Array {
		return this.#seal(aesGcm, place, plain);
	}

	/**
	 * The same of bytes that are handed over: where they have all of the envelope's room around them, and nothing else is in
	 * that memory, they are sealed there. Throws as `seal`.
	 */
	sealWithin(place: Place, plain: Uint8Array): Uint8Array {
		const { buffer, byteOffset, length } = plain;
		const fits = byteOffset === envelopeRoom.before && buffer.byteLength === envelopeOverhead + length;
		return this.#seal(fits ? { ...aesGcm, allocate: () => new Uint8Array(buffer) } : aesGcm, place, plain);
	}

	#seal(aead: typeof aesGcm, place: Place, plain: Uint8Array): Uint8Array {
		const header = { layer: 'S', keyNumber: this.#active } as const;
		const key = this.#keys.get(header.keyNumber)?.of(place.entity);
		if (!key) throw new CryptoError('crypto/input');
		return sealEnvelope(aead, key, header, place, this.#nonces.next(), plain);
	}

	/**
	 * The bytes that were sealed in this place, with any key of the ring.
	 * @throws CryptoError `crypto/cannot-open` for any other bytes.
	 */
	open(place: Place, envelope: Uint8Array): Uint8Array {
		return this.#open(aesGcm, place, envelope);
	}

	/** The same of an envelope that is handed over: the bytes take its memory, whether it opens or not. Throws as `open`. */
	openWithin(place: Place, envelope: Uint8Array): Uint8Array {
		return this.#open(aesGcmWithin, place, envelope);
	}

	#open(aead: typeof aesGcm, place: Place, envelope: Uint8Array): Uint8Array {
		const header = { layer: 'S', keyNumber: readKeyNumber('S', envelope) } as const;
		const key = this.#keys.get(header.keyNumber)?.of(place.entity);
		if (!key) throw new CryptoError('crypto/cannot-open');
		return openEnvelope(aead, key, header, place, envelope);
	}

	#sealOver(place: Place, keyNumber: number, sealed: string): string {
		if (place.revision < 1n) throw new CryptoError('crypto/input');
		return bodyText(this.seal(place, readUserLayer(sealed, keyNumber)));
	}

	#sealText(place: Place, text: string): string {
		if (place.revision < 1n) throw new CryptoError('crypto/input');
		return bodyText(this.seal(place, padText(text, aesGcm.allocate)));
	}
}
