import { KeyDesk } from '../../../src/lib/keys/key-desk.ts';
import type { KeyPort, KeyReply } from '../../../src/lib/keys/key-line.ts';
import { Keyring } from '../../../src/lib/keys/keyring.ts';
import { memoryOf } from '../../../src/lib/keys/memory-of.ts';
import { quickArgon2 } from './quick-argon2.ts';

/** A key worker without the worker: what goes over is copied or handed over, as it is there. */
export class DeskPort implements KeyPort {
	terminated = false;
	readonly #desk: KeyDesk;
	readonly #listeners: ((event: { data: KeyReply }) => void)[] = [];
	readonly #failures: (() => void)[] = [];

	constructor(verbs = new Keyring(quickArgon2)) {
		this.#desk = new KeyDesk(verbs);
	}

	postMessage: KeyPort['postMessage'] = (call, transfer) => {
		void this.#desk.handle(structuredClone(call, { transfer })).then((reply) => {
			const data = structuredClone(reply, { transfer: 'answer' in reply ? memoryOf(reply.answer) : [] });
			if (!this.terminated) for (const listener of this.#listeners) listener({ data });
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
