import type { DeskRequest, ExportedFile } from './export-desk.ts';

export interface ExportCall {
	number: number;
	request: DeskRequest;
}
export type ExportAnswer =
	| { number: number; done: number; total: number }
	| { number: number; file: ExportedFile | null }
	| { number: number; failed: true };

/** The part of a Worker that is used; a test may put something else in its place. */
export interface ExportPort {
	postMessage(call: ExportCall): void;
	addEventListener(type: 'message', listener: (event: MessageEvent<ExportAnswer>) => void): void;
	addEventListener(type: 'error', listener: () => void): void;
	terminate(): void;
}

interface Waiting {
	resolve: (file: ExportedFile | null) => void;
	reject: (error: Error) => void;
	onRows: (done: number, total: number) => void;
}

/** The page's side of the worker that makes workbooks. */
export class Exporter {
	readonly #port: ExportPort;
	readonly #waiting = new Map<number, Waiting>();
	#number = 0;

	constructor(port: ExportPort) {
		this.#port = port;
		port.addEventListener('message', ({ data }) => {
			const waiting = this.#waiting.get(data.number);
			if ('done' in data) return waiting?.onRows(data.done, data.total);
			this.#waiting.delete(data.number);
			if ('file' in data) waiting?.resolve(data.file);
			else waiting?.reject(new Error('export/failed'));
		});
		port.addEventListener('error', () => this.#fail());
	}

	/** Asks the worker; rejects with an Error where it fails, as for want of memory. */
	ask(request: DeskRequest, onRows: Waiting['onRows'] = () => undefined): Promise<ExportedFile | null> {
		const number = (this.#number += 1);
		return new Promise((resolve, reject) => {
			this.#waiting.set(number, { resolve, reject, onRows });
			this.#port.postMessage({ number, request });
		});
	}

	/** Ends the worker, and what it holds with it; whoever waits is rejected. */
	end(): void {
		this.#port.terminate();
		this.#fail();
	}

	#fail(): void {
		for (const { reject } of this.#waiting.values()) reject(new Error('export/failed'));
		this.#waiting.clear();
	}
}
