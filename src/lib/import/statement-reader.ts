import { ImportError } from './import-error.ts';
import type { ImportErrorCode } from './import-error.ts';
import type { DeskAnswer, DeskRequest } from './statement-desk.ts';

export interface ReaderCall {
	number: number;
	request: DeskRequest;
}
export type ReaderAnswer =
	| { number: number; value: DeskAnswer<DeskRequest['verb']> }
	| { number: number; code: ImportErrorCode | 'import/unexpected' };

/** The part of a Worker that is used; a test may put something else in its place. */
export interface ReaderPort {
	postMessage(call: ReaderCall): void;
	addEventListener(type: 'message', listener: (event: MessageEvent<ReaderAnswer>) => void): void;
	addEventListener(type: 'error', listener: () => void): void;
	terminate(): void;
}

interface Waiting {
	resolve: (value: never) => void;
	reject: (error: Error) => void;
}

/** The page's side of the worker that reads statements. */
export class StatementReader {
	readonly #port: ReaderPort;
	readonly #waiting = new Map<number, Waiting>();
	#number = 0;

	constructor(port: ReaderPort) {
		this.#port = port;
		port.addEventListener('message', ({ data }) => {
			const waiting = this.#waiting.get(data.number);
			this.#waiting.delete(data.number);
			if ('value' in data) waiting?.resolve(data.value as never);
			else waiting?.reject(errorOf(data.code));
		});
		port.addEventListener('error', () => {
			for (const { reject } of this.#waiting.values()) reject(errorOf('import/unexpected'));
			this.#waiting.clear();
		});
	}

	/** Asks the worker; rejects with ImportError, or with an Error where the worker itself failed. */
	ask<Verb extends DeskRequest['verb']>(request: DeskRequest & { verb: Verb }): Promise<DeskAnswer<Verb>> {
		const number = (this.#number += 1);
		return new Promise((resolve, reject) => {
			this.#waiting.set(number, { resolve, reject });
			this.#port.postMessage({ number, request });
		});
	}

	/** Ends the worker; what was asked and not answered never is. */
	end(): void {
		this.#port.terminate();
	}
}

function errorOf(code: ImportErrorCode | 'import/unexpected'): Error {
	return code === 'import/unexpected' ? new Error(code) : new ImportError(code);
}
