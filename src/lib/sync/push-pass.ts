import type { Domain } from '../api/ids.ts';
import { MOST_CHANGES } from '../api/record.ts';
import type { Result } from '../api/record.ts';
import { CryptoError } from '../crypto/crypto-error.ts';
import type { WaitingChange } from '../device/record-store.ts';
import type { ApiClient } from './api-client.ts';
import { ApiError } from './api-error.ts';
import { cutBatches } from './cut-batches.ts';
import type { EntityCopy } from './entity-copy.ts';
import { noLayers } from './layers.ts';
import type { Layers } from './layers.ts';
import { sendable, wireChange } from './outbox-rules.ts';
import { sameJson } from './same-json.ts';
import { sealChanges } from './seal-changes.ts';
import { settleResults } from './settle-results.ts';
import { wholeRefusals } from './whole-refusals.ts';

/** How often one pass goes over what waits: a change that met another's is merged and sent in the next round. */
const MOST_ROUNDS = 8;
/** After so many passes in which a change alone brought the server down, it is refused. */
const MOST_FAULTS = 3;

export interface PushOptions {
	/** How changes are sealed for domains with a user layer; without it none has one. */
	layers?: Layers;
	/** Domains from which nothing may leave in the clear; see sealChanges. */
	sealedOnly?: readonly Domain[];
	signal?: AbortSignal;
	/** By change id how many passes ended in a fault of the server with that change alone; kept by the caller. */
	faults?: Map<string, number>;
}

/**
 * Sends what waits of an entity, in batches with one change a record at most, until nothing is left that may be sent.
 * A change is sealed and marked as tried on disk before its request leaves, and the same bytes go again until there is an
 * answer. Throws ApiError where the server was not reached or is unwell; what was answered before that stands. Throws
 * DeviceError, KeysError.
 */
export class PushPass {
	readonly #copy: EntityCopy;
	readonly #client: ApiClient;
	readonly #layers: Layers;
	readonly #sealedOnly: readonly Domain[];
	readonly #signal: AbortSignal | undefined;
	readonly #passOver = new Set<string>();
	readonly #faults: Map<string, number>;
	#answered = false;
	/** Records whose change met a newer key of its domain, until the newer rosters are here; asked for once a pass. */
	#stale: string[] = [];
	#renewed = false;
	#trouble: Error | null = null;

	/** @param client one that takes the user layer off what it gives; see sealedClient */
	constructor(copy: EntityCopy, client: ApiClient, options: PushOptions = {}) {
		this.#copy = copy;
		this.#client = client;
		this.#layers = options.layers ?? noLayers;
		this.#sealedOnly = options.sealedOnly ?? [];
		this.#signal = options.signal;
		this.#faults = options.faults ?? new Map<string, number>();
	}

	/**
	 * @returns why changes wait on though the server was reached: CryptoError `crypto/no-key`, or ApiError
	 * `record/stale-generation` where a domain has a newer key that could not be had; null where nothing was held back
	 */
	async run(): Promise<Error | null> {
		for (let round = 0; round < MOST_ROUNDS; round++) {
			const heads = sendable(this.#copy.waiting, this.#passOver);
			if (heads.length === 0) break;
			for (let from = 0; from < heads.length; from += MOST_CHANGES)
				await this.#sendLot(heads.slice(from, from + MOST_CHANGES));
			if (this.#stale.length > 0) await this.#renew();
		}
		return this.#trouble;
	}

	async #sendLot(heads: readonly WaitingChange[]): Promise<void> {
		const { entity } = this.#copy;
		const { ready, heldBack, trouble, unfit } = await sealChanges(this.#layers, entity, heads, this.#sealedOnly);
		heldBack.forEach(({ id }) => this.#passOver.add(id));
		this.#trouble ??= trouble;
		await this.#settle(unfit, this.#refuseAll(unfit, new ApiError('crypto/input', 422)));
		const wanted = new Map(ready.map((change) => [change.change, change]));
		for (const batch of cutBatches(ready.map(wireChange)))
			await this.#send(batch.flatMap(({ change }) => wanted.get(change) ?? []));
	}

	/**
	 * With the newer rosters what was refused is sealed anew; where that was no help it waits for the next pass. So it does
	 * where the server's rosters are older than those that were seen: the pull that follows tells a restore from a lie.
	 */
	async #renew(): Promise<void> {
		const stale = this.#stale.splice(0);
		if (!this.#renewed) {
			this.#renewed = true;
			try {
				await this.#layers.renew(this.#copy.entity);
				// Without keys it would leave in the clear again.
				if (this.#layers.keys) return;
			} catch (error) {
				if (!(error instanceof CryptoError)) throw error;
				this.#trouble ??= error;
			}
		}
		stale.forEach((id) => this.#passOver.add(id));
		this.#trouble ??= new ApiError('record/stale-generation', 409);
	}

	/**
	 * Marks what is about to leave, with its bytes, and gives it as it is on disk by then: without what was saved over
	 * while it was sealed.
	 */
	async #markTried(batch: readonly WaitingChange[]): Promise<WaitingChange[]> {
		const wanted = new Map(batch.map((change) => [change.change, change]));
		let marked: WaitingChange[] = [];
		await this.#copy.change(() => {
			const put: WaitingChange[] = [];
			marked = sendable(this.#copy.waiting, this.#passOver).flatMap((head) => {
				const ready = wanted.get(head.change);
				if (!ready || ready.base !== head.base || !sameJson(ready.plain, head.plain)) return [];
				// Its bytes are on disk already: no others leave.
				if (head.sealed !== undefined && head.sealed !== ready.sealed) return [];
				const tried = { ...ready, tried: true };
				if (!head.tried || head.sealed !== ready.sealed) put.push(tried);
				return tried;
			});
			return put.length > 0 ? { put } : null;
		});
		return marked;
	}

	async #send(batch: readonly WaitingChange[]): Promise<void> {
		const sent = await this.#markTried(batch);
		if (sent.length === 0) return;
		this.#signal?.throwIfAborted();
		let results: Result[];
		try {
			results = await this.#ask(sent);
			this.#answered = true;
		} catch (error) {
			if (!(error instanceof ApiError)) throw error;
			if (sent.length > 1 && [400, 413, 422, 500].includes(error.status)) return await this.#halve(sent);
			results = this.#refuseAll(sent, error);
		}
		// In a batch "invalid" may mean no more than that the answer was full: alone it means itself.
		const again = results.flatMap(({ status }, index) => (status === 'invalid' && sent.length > 1 ? [index] : []));
		const apart = new Set(again);
		const without = <T>(list: readonly T[]) => list.filter((_, index) => !apart.has(index));
		await this.#settle(without(sent), without(results));
		const left = sent.filter((_, index) => apart.has(index));
		if (left.length === sent.length) await this.#halve(left);
		else if (left.length > 0) await this.#send(left);
	}

	async #ask(sent: readonly WaitingChange[]): Promise<Result[]> {
		const body = { entity: this.#copy.entity, changes: sent.map(wireChange) };
		const { results } = await this.#client.call('pushRecords', { body, signal: this.#signal });
		const fits = (result: Result, index: number) => {
			const change = sent[index];
			if (result.id !== change?.id) return false;
			// Another record's row would be merged into this one.
			if (result.status === 'conflict') return result.current.id === change.id;
			return result.status !== 'accepted' || BigInt(result.rev) === BigInt(change.base) + 1n;
		};
		if (results.length !== sent.length || !results.every(fits)) throw new ApiError('sync/bad-answer', 200, 'results');
		return results;
	}

	/** A bad change brings its whole batch down: the halves are sent until it stands alone. */
	async #halve(sent: readonly WaitingChange[]): Promise<void> {
		const middle = Math.ceil(sent.length / 2);
		await this.#send(sent.slice(0, middle));
		await this.#send(sent.slice(middle));
	}

	/** The request as a whole was turned away. A fault of the server is the change's own only where others go through. */
	#refuseAll(sent: readonly WaitingChange[], error: ApiError): Result[] {
		// Nobody refused it: it goes once the person has shown their second step.
		if (error.awaitsStep) throw error;
		let status = wholeRefusals.get(error.status);
		const [alone] = sent;
		if (error.status === 500 && alone) {
			const faults = (this.#faults.get(alone.change) ?? 0) + 1;
			this.#faults.set(alone.change, faults);
			if (this.#answered || faults >= MOST_FAULTS) status = 'invalid';
		}
		if (!status || status === 'damaged') throw error;
		const problem = { type: `/problems/${error.code}`, title: error.code, status: error.status, detail: error.detail };
		return sent.map(({ id }) => ({ id, status, problem }));
	}

	async #settle(sent: readonly WaitingChange[], results: readonly Result[]): Promise<void> {
		if (sent.length === 0) return;
		await this.#copy.change(() => {
			const { update, unsettled, stale } = settleResults(this.#copy, sent, results);
			unsettled.forEach((id) => this.#passOver.add(id));
			this.#stale.push(...stale);
			return update;
		});
	}
}
