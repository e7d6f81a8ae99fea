import { SvelteMap } from 'svelte/reactivity';
import { ApiError } from '../../sync/api-error.ts';
import { backoff } from '../../sync/retry-delay.ts';
import type { Upload } from './upload.ts';

/** An upload, and how it stands. */
export interface WaitingUpload {
	readonly upload: Upload;
	readonly state: 'uploading' | 'choose-again' | 'failed';
	/** The code of what went wrong last. */
	readonly problem?: string;
}

/** Sends an upload. `chosen` is its file, where this page has it. */
type Send = (
	upload: Upload,
	chosen: Blob | undefined,
	tell: (upload: Upload) => void,
	signal: AbortSignal
) => Promise<void>;

/** The uploads of the opened entity: one is sent after another; what fails for want of the network is tried again. */
export class Uploads {
	readonly #all = new SvelteMap<string, WaitingUpload>();
	// eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing on the screen follows from it
	readonly #chosen = new Map<string, Blob>();
	readonly #send: Send;
	/** Whoever waits to try again need not wait any longer. */
	readonly #now = new EventTarget();
	#stop = new AbortController();
	#last: Promise<unknown> = Promise.resolve();

	constructor(send: Send) {
		this.#send = send;
	}

	/** Reactive. */
	get(id: string): WaitingUpload | undefined {
		return this.#all.get(id);
	}

	/** Tries again what failed, and at once what waits to be tried again. */
	retry(id: string): void {
		const known = this.#all.get(id);
		if (known?.state === 'uploading') this.#now.dispatchEvent(new Event('now'));
		else if (known) this.add(known.upload);
	}

	/** Takes an upload up; one that is under way already goes on as it is. */
	add(upload: Upload, chosen?: Blob): void {
		const known = this.#all.get(upload.file);
		if (known?.state === 'uploading') return;
		if (chosen) this.#chosen.set(upload.file, chosen);
		this.#all.set(upload.file, { upload, state: 'uploading' });
		const stop = this.#stop;
		this.#last = this.#last.then(() => this.#run(upload.file, stop));
	}

	remove(id: string): void {
		this.#all.delete(id);
		this.#chosen.delete(id);
		// Whatever is under way ends at its next step; the others are taken up again.
		const rest = [...this.#all.values()];
		this.#restart();
		for (const { upload, state } of rest) if (state === 'uploading') this.add(upload);
	}

	/** Ends what is under way; nothing stays. */
	clear(): void {
		this.#restart();
		this.#chosen.clear();
	}

	#restart(): void {
		this.#stop.abort();
		this.#stop = new AbortController();
		this.#all.clear();
		this.#last = Promise.resolve();
	}

	/** Never rejects. */
	async #run(id: string, { signal }: AbortController): Promise<void> {
		for (let tries = 1; ; tries++) {
			const now = this.#all.get(id);
			if (!now || signal.aborted) return;
			const tell = (upload: Upload) => {
				if (!signal.aborted) this.#all.set(id, { upload, state: 'uploading' });
			};
			try {
				await this.#send(now.upload, this.#chosen.get(id), tell, signal);
				if (!signal.aborted) this.#all.delete(id);
				this.#chosen.delete(id);
				return;
			} catch (error) {
				const problem = codeOf(error);
				if (signal.aborted || isOver(error, problem)) return;
				const upload = this.#all.get(id)?.upload ?? now.upload;
				const state = stateAfter(error, problem);
				this.#all.set(id, { upload, state, problem });
				if (state !== 'uploading') return;
			}
			await untilAgain(tries, signal, this.#now);
		}
	}
}

/** With these the bytes are not here any more. */
const GONE: ReadonlySet<string> = new Set(['file/choose-again', 'file/changed', 'file/layer-changed']);
/** They pass by themselves: the keys come; what was begun in the clear begins anew under its domain's user layer. */
const PASSING: ReadonlySet<string> = new Set(['file/no-key', 'file/sealed-now']);

/** What the network, or a server that is busy, stopped goes on by itself. */
function stateAfter(error: unknown, code: string): WaitingUpload['state'] {
	if (GONE.has(code)) return 'choose-again';
	const isPassing =
		error instanceof ApiError && (error.awaitsStep || [0, 401, 429, 502, 503, 504].includes(error.status));
	return isPassing || PASSING.has(code) ? 'uploading' : 'failed';
}

/** Whether the vault was locked or closed: what waits is taken up again when it is opened. */
function isOver(error: unknown, code: string): boolean {
	const isAborted = error instanceof Error && error.name === 'AbortError';
	return isAborted || ['keys/locked', 'vault/closed', 'device/closed', 'device/locked'].includes(code);
}

function codeOf(error: unknown): string {
	const { code } = error as { code?: unknown };
	return typeof code === 'string' ? code : 'file/failed';
}

/** Waits longer from time to time; not after the network is back, or somebody asked. */
function untilAgain(tries: number, signal: AbortSignal, now: EventTarget): Promise<void> {
	return new Promise((resolve) => {
		const done = () => {
			clearTimeout(timer);
			globalThis.removeEventListener?.('online', done);
			now.removeEventListener('now', done);
			resolve();
		};
		const timer = setTimeout(done, backoff(tries));
		globalThis.addEventListener?.('online', done, { once: true });
		now.addEventListener('now', done, { once: true });
		signal.addEventListener('abort', done, { once: true });
	});
}
