import type { Domain } from '../api/ids.ts';
import type { ApiClient } from './api-client.ts';
import { ApiError } from './api-error.ts';
import { domainsBehind } from './domains-behind.ts';
import type { EntityCopy } from './entity-copy.ts';
import type { Judge } from './judge-record.ts';
import { noLayers } from './layers.ts';
import type { Layers } from './layers.ts';
import type { RefuseRow } from './open-rows.ts';
import { pullChanges } from './pull-changes.ts';
import { PushPass } from './push-pass.ts';
import { sealedClient } from './sealed-client.ts';

export interface ServerOptions {
	client: ApiClient;
	/** The domains this person holds in the entity. */
	domains: readonly Domain[];
	/** The user layer of the account; without it there is none. The same for as long as the replica lives. */
	layers?: Layers;
	/** Domains from which nothing may leave in the clear by now, whatever rosters say: there it waits for a layer. */
	sealedOnly?: () => readonly Domain[];
	judge?: Judge;
	refuse?: RefuseRow;
}

/** Brings an entity's copy and the server together; to be called by one tab at a time. */
export class ServerPass {
	readonly #copy: EntityCopy;
	readonly #options: ServerOptions;
	readonly #client: ApiClient;
	readonly #layers: Layers;
	readonly #faults = new Map<string, number>();
	/** By domain the generations for which it was pulled anew. */
	readonly #renewed = new Map<Domain, string>();

	constructor(copy: EntityCopy, options: ServerOptions) {
		this.#copy = copy;
		this.#options = options;
		this.#layers = options.layers ?? noLayers;
		this.#client = sealedClient(options.client, this.#layers, options.refuse);
	}

	/** Pushes what waits, then pulls what is new. Throws ApiError, KeysError, the signal's reason; see PushPass for what it throws last. */
	async run(signal?: AbortSignal): Promise<void> {
		const trouble = await this.#push(signal);
		await this.pull(false, signal);
		if (trouble) throw trouble;
	}

	/** Pulls what is new, or everything; where keys were retired since, what they had sealed comes anew. Throws as `run`. */
	async pull(full: boolean, signal?: AbortSignal): Promise<void> {
		const { domains, judge } = this.#options;
		await pullChanges(this.#copy, this.#client, { domains, full, judge, signal });
		const behind = domainsBehind(this.#copy, this.#layers, domains);
		const again = behind.filter(([domain, generations]) => this.#renewed.get(domain) !== generations);
		if (again.length === 0) return;
		const anew = again.map(([domain]) => domain);
		await pullChanges(this.#copy, this.#client, { domains: anew, full: true, judge, signal });
		for (const [domain, generations] of again) this.#renewed.set(domain, generations);
	}

	/** Neither a fault of the server over a change nor a key that is missing keeps what is new from coming. */
	async #push(signal?: AbortSignal): Promise<Error | null> {
		const options = { layers: this.#layers, sealedOnly: this.#options.sealedOnly?.(), signal, faults: this.#faults };
		try {
			return await new PushPass(this.#copy, this.#client, options).run();
		} catch (error) {
			if (error instanceof ApiError && error.status === 500) return error;
			throw error;
		}
	}
}
