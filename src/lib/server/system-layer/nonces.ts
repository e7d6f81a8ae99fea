import { randomBytes } from 'node:crypto';
import { nonceSize } from '../../crypto/aead.ts';

const poolSize = 256 * nonceSize;

/** Fresh random nonces, drawn from the system 256 at a time because asking costs more than sealing does. */
export class Nonces {
	#pool = Buffer.alloc(0);
	#used = 0;

	/** 12 random bytes that are given out once; a view that nobody writes to afterwards. */
	next(): Uint8Array {
		if (this.#used === this.#pool.length) {
			this.#pool = randomBytes(poolSize);
			this.#used = 0;
		}
		return this.#pool.subarray(this.#used, (this.#used += nonceSize));
	}
}
