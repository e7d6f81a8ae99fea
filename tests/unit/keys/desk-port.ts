import { KeyDesk } from '../../../src/lib/keys/key-desk.ts';
import type { KeyPort, KeyReply } from '../../../src/lib/keys/key-line.ts';
import { Keyring } from '../../../src/lib/keys/keyring.ts';
import { quickArgon2 } from './quick-argon2.ts';

/** A key worker without the worker: what goes over is copied, as it is there, and `posted` holds all that came back. */
export class DeskPort implements KeyPort {
	readonly posted: KeyReply[] = [];
	terminated = false;
	readonly #desk: KeyDesk;
	readonly #listeners: ((event: { data: KeyReply }) => void)[] = [];
	readonly #failures: (() => void)[] = [];

	constructor(verbs = new Keyring(quickArgon2)) {
		this.#desk = new KeyDesk(verbs);
	}

	postMessage: KeyPort['postMessage'] = (call, transfer) => {
		void this.#desk.handle(structuredClone(call, { transfer })).then((reply) => {
			this.posted.push(structuredClone(reply));
			if (!this.terminated) for (const listener of this.#listeners) listener({ data: structuredClone(reply) });
		});
	};

	addEventListener(type: string, listener: ((event: { data: KeyReply }) => void) | (() => void)): void {
		if (type === 'message') this.#listeners.push(listener);
		else this.#failures.push(listener as () => void);
	}

	terminate(): void {
		this.terminated = true;
	}

	/** The worker dies by itself. */
	die(): void {
		for (const failure of this.#failures) failure();
	}
}
