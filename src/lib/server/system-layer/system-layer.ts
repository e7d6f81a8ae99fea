import { CryptoError } from '../../crypto/crypto-error.ts';
import { openEnvelope, readKeyNumber, sealEnvelope } from '../../crypto/envelope.ts';
import { padText, unpadText } from '../../crypto/padded-text.ts';
import type { Place } from '../../crypto/place.ts';
import '../canary.ts';
import { aesGcm } from './aes-gcm.ts';
import { entityPlace, recordPlace } from './body-place.ts';
import type { RecordPlace } from './body-place.ts';
import { bodyBytes, bodyText } from './body-text.ts';
import { EntityKeys } from './entity-keys.ts';
import { Nonces } from './nonces.ts';
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
	 * Seals bytes as they are.
	 * @throws CryptoError `crypto/input` when the place cannot exist.
	 */
	seal(place: Place, plain: Uint8Array): Uint8Array {
		const header = { layer: 'S', keyNumber: this.#active } as const;
		const key = this.#keys.get(header.keyNumber)?.of(place.entity);
		if (!key) throw new CryptoError('crypto/input');
		return sealEnvelope(aesGcm, key, header, place, this.#nonces.next(), plain);
	}

	/**
	 * The bytes that were sealed in this place, with any key of the ring.
	 * @throws CryptoError `crypto/cannot-open` for any other bytes.
	 */
	open(place: Place, envelope: Uint8Array): Uint8Array {
		const header = { layer: 'S', keyNumber: readKeyNumber('S', envelope) } as const;
		const key = this.#keys.get(header.keyNumber)?.of(place.entity);
		if (!key) throw new CryptoError('crypto/cannot-open');
		return openEnvelope(aesGcm, key, header, place, envelope);
	}

	#sealText(place: Place, text: string): string {
		if (place.revision < 1n) throw new CryptoError('crypto/input');
		return bodyText(this.seal(place, padText(text, aesGcm.allocate)));
	}
}
