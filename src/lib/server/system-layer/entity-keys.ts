import { createSecretKey, hkdfSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { labels } from '../../crypto/labels.ts';
import { isUuid, uuidBytes } from '../../crypto/uuid.ts';

/** How many entities' keys are kept derived: about a megabyte, and more entities than work at one moment. */
const defaultBound = 2000;

/** The keys that one system key gives to entities, the most recently used ones kept derived. */
export class EntityKeys {
	readonly #systemKey: KeyObject;
	readonly #bound: number;
	readonly #derived = new Map<string, KeyObject>();

	constructor(systemKey: KeyObject, bound = defaultBound) {
		this.#systemKey = systemKey;
		this.#bound = bound;
	}

	/** How many keys are kept at the moment; never more than the bound. */
	get size(): number {
		return this.#derived.size;
	}

	/**
	 * HKDF-SHA-256(system key, "arca/1 system", salt = entity id), 32 bytes.
	 * @param entity a UUID in lower case; anything else has no key.
	 */
	of(entity: string): KeyObject | undefined {
		const known = this.#derived.get(entity);
		if (!known && !isUuid(entity)) return undefined;
		const key = known ?? this.#derive(entity);
		// A map keeps the order of insertion: what is put in again is the last to go.
		if (known) this.#derived.delete(entity);
		else if (this.#derived.size >= this.#bound) this.#forgetOldest();
		this.#derived.set(entity, key);
		return key;
	}

	#derive(entity: string): KeyObject {
		const bytes = Buffer.from(hkdfSync('sha256', this.#systemKey, uuidBytes(entity), labels.system, 32));
		const key = createSecretKey(bytes);
		bytes.fill(0);
		return key;
	}

	#forgetOldest(): void {
		for (const entity of this.#derived.keys()) {
			this.#derived.delete(entity);
			return;
		}
	}
}
