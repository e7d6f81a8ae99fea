import type { Result } from '../api/record.ts';
import type { RefusalReason, WaitingChange } from '../device/record-store.ts';
import type { ApiClient } from './api-client.ts';
import { ApiError } from './api-error.ts';
import { cutBatches } from './cut-batches.ts';
import type { EntityCopy } from './entity-copy.ts';
import { sendable, wireChange } from './outbox-rules.ts';
import { settleResults } from './settle-results.ts';

/** How often one pass goes over what waits: a change that met another's is merged and sent in the next round. */
const MOST_ROUNDS = 8;
/** After so many passes in which a change alone brought the server down, it is refused. */
const MOST_FAULTS = 3;

/** What a refusal of the whole request says about each change in it. */
const refusals: ReadonlyMap<number, RefusalReason> = new Map<number, RefusalReason>([
	[400, 'invalid'],
	[403, 'denied'],
	[404, 'denied'],
	[413, 'too-large'],
	[422, 'invalid']
]);

/**
 * Sends what waits of an entity, in batches with one change a record at most, until nothing is left that may be sent.
 * A change is marked as tried on disk before its request leaves, and the same bytes go again until there is an answer.
 * Throws ApiError where the server was not reached or is unwell; what was answered before that stands. Throws DeviceError.
 */
export class PushPass {
	readonly #copy: EntityCopy;
	readonly #client: ApiClient;
	readonly #signal: AbortSignal | undefined;
	readonly #passOver = new Set<string>();
	readonly #faults: Map<string, number>;
	#answered = false;

	/** @param faults by change id how many passes ended in a fault of the server with that change alone; kept by the caller */
	constructor(copy: EntityCopy, client: ApiClient, signal?: AbortSignal, faults = new Map<string, number>()) {
		this.#copy = copy;
		this.#client = client;
		this.#signal = signal;
		this.#faults = faults;
	}

	async run(): Promise<void> {
		for (let round = 0; round < MOST_ROUNDS; round++) {
			const heads = sendable(this.#copy.waiting, this.#passOver);
			if (heads.length === 0) return;
			const wanted = new Map(heads.map((change) => [change.change, change]));
			for (const batch of cutBatches(heads.map(wireChange)))
				await this.#send(batch.flatMap(({ change }) => wanted.get(change) ?? []));
		}
	}

	/** Marks what is about to leave, and gives it as it is on disk by then. */
	async #markTried(batch: readonly WaitingChange[]): Promise<WaitingChange[]> {
		const wanted = new Set(batch.map(({ change }) => change));
		let marked: WaitingChange[] = [];
		await this.#copy.change(() => {
			marked = sendable(this.#copy.waiting, this.#passOver).filter(({ change }) => wanted.has(change));
			const put = marked.filter(({ tried }) => !tried).map((change) => ({ ...change, tried: true }));
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
		let status = refusals.get(error.status);
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
			const { update, unsettled } = settleResults(this.#copy, sent, results);
			unsettled.forEach((id) => this.#passOver.add(id));
			return update;
		});
	}
}
