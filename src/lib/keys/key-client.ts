import type { Domain } from '../api/ids.ts';
import type { Plain } from '../api/record.ts';
import { KeyLine } from './key-line.ts';
import type { KeyPort } from './key-line.ts';
import type { KeyVerb, KeyVerbs, TakenLocalKeys } from './key-verbs.ts';
import { localNumber } from './local-texts.ts';
import { KeysError } from './keys-error.ts';
import type { BodyToOpen, BodyToSeal, DomainLayer, Opened, RecordKeys, SealedBody } from './record-keys.ts';

/** The page's side of the key worker. It holds no key: only what the accepted rosters say. */
export class KeyClient implements RecordKeys {
	readonly #line: KeyLine;
	readonly #layers = new Map<string, DomainLayer>();
	#newestLocal = 0;

	/** @param onDeath called once where the worker fails by itself: the keys are gone. */
	constructor(port: KeyPort, onDeath?: () => void) {
		this.#line = new KeyLine(port, onDeath);
	}

	/** Calls a verb; see KeyLine. */
	call<V extends KeyVerb>(
		verb: V,
		input: Parameters<KeyVerbs[V]>[0],
		transfer?: Transferable[]
	): ReturnType<KeyVerbs[V]> {
		return this.#line.call(verb, input, transfer);
	}

	/** Ends the worker. Whoever waits for it is rejected with KeysError `keys/locked`. */
	close(): void {
		this.#line.end();
	}

	/** Verifies what the server gave of an entity's keys, and takes it. Throws CryptoError: each one is an alarm. */
	async accept(served: Parameters<KeyVerbs['accept']>[0]): ReturnType<KeyVerbs['accept']> {
		const view = await this.#line.call('accept', served);
		if (!view) return null;
		for (const name of this.#layers.keys()) if (name.startsWith(`${view.entity} `)) this.#layers.delete(name);
		for (const { domain, oldest, current } of view.layers)
			this.#layers.set(`${view.entity} ${domain}`, { oldest, current });
		return view;
	}

	layer(entity: string, domain: Domain): DomainLayer | null {
		return this.#layers.get(`${entity} ${domain}`) ?? null;
	}

	async seal(entity: string, domain: Domain, bodies: readonly BodyToSeal[]): Promise<SealedBody[]> {
		if (!this.layer(entity, domain)) throw new KeysError('keys/no-layer');
		const written = bodies.map(({ id, rev, plain }) => ({ id, rev, json: JSON.stringify(plain) }));
		return this.#line.call('seal', { entity, domain, bodies: written });
	}

	async open(entity: string, domain: Domain, rows: readonly BodyToOpen[]): Promise<Opened[]> {
		const taken = rows.map(({ id, rev, generation, sealed }) => ({ id, rev, generation, sealed }));
		const opened = await this.#line.call('open', { entity, domain, rows: taken });
		return opened.map((one) => (one.ok ? { ok: true, plain: JSON.parse(one.json) as Plain, author: one.author } : one));
	}

	/** The keys for what this device keeps; see the verb. */
	async takeLocal(input: Parameters<KeyVerbs['takeLocal']>[0], transfer?: Transferable[]): Promise<TakenLocalKeys> {
		const taken = await this.#line.call('takeLocal', input, transfer);
		this.#newestLocal = taken.newest;
		return taken;
	}

	sealLocal(texts: readonly { name: string; text: string }[]): Promise<string[]> {
		return this.#line.call('sealLocal', texts);
	}

	openLocal(texts: readonly { name: string; sealed: string }[]): Promise<(string | null)[]> {
		return this.#line.call('openLocal', texts);
	}

	isLocalNewest(sealed: string): boolean {
		return localNumber(sealed) === this.#newestLocal;
	}
}
