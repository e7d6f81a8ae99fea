import { CryptoError } from '../crypto/crypto-error.ts';
import type { KeyCall, KeyReply } from './key-line.ts';
import { KeysError } from './keys-error.ts';
import type { KeyVerbs } from './key-verbs.ts';

/** The worker's side, without the worker: does what a call asks, one after another, and says what became of it. */
export class KeyDesk {
	readonly #verbs: KeyVerbs;
	#turn: Promise<unknown> = Promise.resolve();

	constructor(verbs: KeyVerbs) {
		this.#verbs = verbs;
	}

	/** Never rejects. Calls that change what is held wait for the one before; see the end of the file. */
	async handle(call: KeyCall): Promise<KeyReply> {
		const { number } = call;
		try {
			return { number, answer: await this.#inTurn(call) };
		} catch (error) {
			if (error instanceof CryptoError) return { number, refusal: { kind: 'crypto', code: error.code } };
			const code = error instanceof KeysError ? error.code : 'keys/unavailable';
			return { number, refusal: { kind: 'keys', code } };
		}
	}

	#inTurn(call: KeyCall): Promise<unknown> {
		if (reading.has(call.verb)) return this.#do(call);
		const done = this.#turn.then(() => this.#do(call));
		this.#turn = done.catch(() => undefined);
		return done;
	}

	async #do({ verb, input }: KeyCall): Promise<unknown> {
		// A name that is not the table's own (`constructor`) is no verb.
		if (!Object.hasOwn(Object.getPrototypeOf(this.#verbs) as object, verb)) throw new KeysError('keys/unavailable');
		return (this.#verbs[verb] as (input: unknown) => Promise<unknown>).call(this.#verbs, input);
	}
}

/** Verbs that change nothing of what is held: they do not wait. */
const reading: ReadonlySet<string> = new Set([
	...['seal', 'open', 'sealLocal', 'openLocal', 'reseal'],
	...['drawFileKey', 'sealPart', 'openPart', 'drawShareKey', 'openShare']
]);
