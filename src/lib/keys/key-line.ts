import { CryptoError } from '../crypto/crypto-error.ts';
import type { CryptoErrorCode } from '../crypto/crypto-error.ts';
import { KeysError } from './keys-error.ts';
import type { KeysErrorCode } from './keys-error.ts';
import type { KeyVerb, KeyVerbs } from './key-verbs.ts';

/** A call of a verb, as it is posted to the worker. */
export interface KeyCall<V extends KeyVerb = KeyVerb> {
	number: number;
	verb: V;
	input: Parameters<KeyVerbs[V]>[0];
}

/** What the worker posts back: the verb's answer, or the code of an error. No message and no stack leaves it. */
export type KeyReply =
	| { number: number; answer: unknown }
	| { number: number; refusal: { kind: 'crypto'; code: CryptoErrorCode } | { kind: 'keys'; code: KeysErrorCode } };

/** The part of a Worker that is used; a test may put something else in its place. */
export interface KeyPort {
	postMessage(call: KeyCall, transfer: Transferable[]): void;
	addEventListener(type: 'message', listener: (event: { data: KeyReply }) => void): void;
	addEventListener(type: 'error' | 'messageerror', listener: () => void): void;
	terminate(): void;
}

interface Waiting {
	resolve: (answer: unknown) => void;
	reject: (error: Error) => void;
}

/** The page's side of the key worker: calls go out, answers come back, and all end when the worker does. */
export class KeyLine {
	readonly #port: KeyPort;
	readonly #waiting = new Map<number, Waiting>();
	readonly #onDeath: () => void;
	#number = 0;
	#ended = false;

	/** @param onDeath called once where the worker fails by itself. */
	constructor(port: KeyPort, onDeath: () => void = () => undefined) {
		this.#port = port;
		this.#onDeath = onDeath;
		port.addEventListener('message', ({ data }) => this.#settle(data));
		for (const failure of ['error', 'messageerror'] as const) port.addEventListener(failure, () => this.#die());
	}

	/**
	 * Calls a verb.
	 * @param transfer buffers of the input that this page keeps no copy of.
	 * @throws CryptoError or KeysError as the verb does; KeysError `keys/locked` where the worker is ended or dies.
	 */
	call<V extends KeyVerb>(
		verb: V,
		input: Parameters<KeyVerbs[V]>[0],
		transfer: Transferable[] = []
	): ReturnType<KeyVerbs[V]> {
		const answer = new Promise((resolve, reject) => {
			if (this.#ended) return reject(new KeysError('keys/locked'));
			const number = (this.#number += 1);
			this.#waiting.set(number, { resolve, reject });
			this.#port.postMessage({ number, verb, input }, transfer);
		});
		return answer as ReturnType<KeyVerbs[V]>;
	}

	/** Ends the worker, and with it every key; whoever waits is rejected with `keys/locked`. */
	end(): void {
		if (this.#ended) return;
		this.#ended = true;
		this.#port.terminate();
		for (const { reject } of this.#waiting.values()) reject(new KeysError('keys/locked'));
		this.#waiting.clear();
	}

	#die(): void {
		if (this.#ended) return;
		this.end();
		this.#onDeath();
	}

	#settle(reply: KeyReply): void {
		const waiting = this.#waiting.get(reply.number);
		this.#waiting.delete(reply.number);
		if ('answer' in reply) waiting?.resolve(reply.answer);
		else waiting?.reject(errorOf(reply.refusal));
	}
}

function errorOf(refusal: Extract<KeyReply, { refusal: unknown }>['refusal']): Error {
	return refusal.kind === 'crypto' ? new CryptoError(refusal.code) : new KeysError(refusal.code);
}
