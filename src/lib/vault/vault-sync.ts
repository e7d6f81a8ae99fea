import type { Domain } from '../api/ids.ts';
import type { Report, WaitingChange } from '../device/record-store.ts';
import { pageWakes } from '../sync/page-wakes.ts';
import { SyncLoop } from '../sync/sync-loop.ts';
import { countUnsent } from './count-unsent.ts';
import { hearChanges } from './hear-changes.ts';
import type { SyncPhase } from './sync-state.svelte.ts';
import { SyncPasses } from './sync-passes.ts';
import { VaultError } from './vault-error.ts';
import type { VaultState } from './vault-state.svelte.ts';

/** How this device and the server stand to each other, and what the person may decide about it. Reading is reactive. */
export class VaultSync {
	readonly #state: VaultState;
	readonly #passes: SyncPasses;

	constructor(state: VaultState) {
		this.#state = state;
		this.#passes = new SyncPasses(state);
	}

	get state(): SyncPhase {
		return this.#state.sync.phase;
	}
	/** The stable code of the last trouble. */
	get code(): string {
		return this.#state.sync.code;
	}
	/** How many changes the server does not have yet, of every entity. */
	get waiting(): number {
		return this.#state.sync.waiting;
	}
	/** Changes of the opened entity that the server did not take. */
	get refused(): readonly WaitingChange[] {
		return this.#state.sync.refused;
	}
	/** Changes of the opened entity that wait for the person's word since the server was restored from a backup. */
	get held(): readonly WaitingChange[] {
		return this.#state.sync.held;
	}
	/** What was noticed in the opened entity, oldest first. */
	get reports(): readonly Report[] {
		return this.#state.sync.reports;
	}
	get lastSynced(): Date | null {
		return this.#state.sync.lastSynced;
	}
	/** What signing out would lose; see countUnsent. */
	countUnsent(): ReturnType<typeof countUnsent> {
		return countUnsent(this.#state);
	}
	/** Does what is saved outlive this page? */
	get lasting(): boolean {
		return this.#state.sync.lasting;
	}

	/** Compares with the server now. Never rejects: `state` says what became of it. */
	async sync(): Promise<void> {
		await this.#passes.run().catch(() => undefined);
	}

	/** Stays in step: now, when the page is looked at, the network is back, and every minute; after failures sooner. Gives what ends it. */
	keep(): () => void {
		const visible = () => document.visibilityState === 'visible';
		const loop = new SyncLoop({ sync: () => this.#passes.run(), wakes: [pageWakes], visible });
		return () => loop.stop();
	}

	/** Hears of changes in the opened entity as they are made, where the backend tells of them. Gives what ends it. */
	hear(): () => void {
		const { owner, entity, heard } = this.#state;
		if (owner === null || entity === null || heard === '') return () => undefined;
		return hearChanges({ owner, entity, domains: heard.split(' ') as Domain[] }, () => this.soon());
	}

	/** Asks for a pass in the background: something was saved, or a page was opened. */
	soon(): void {
		void this.sync();
	}

	/** Sends a refused change once more. */
	async retry(change: string): Promise<void> {
		await this.#replica().retry(change);
		await this.sync();
	}

	/** Gives up a change that the server did not take: the record is what the server has of it. */
	async giveUp(change: string): Promise<void> {
		await this.#replica().giveUp(change);
	}

	/**
	 * After a restore of the server: what this device holds newer goes there, keys first, or gives way. Throws ApiError
	 * `keys/fresh-sign-in` where the server takes the keys after another sign-in alone; nothing has changed then.
	 */
	async answerRestore(pushBack: boolean): Promise<void> {
		const { entity } = this.#state;
		if (pushBack && entity !== null) await this.#state.pushBackKeys(entity);
		await this.#replica().answerRestore(pushBack);
		await this.sync();
	}

	/** Forgets a report that the person has read. */
	async dismiss(report: string): Promise<void> {
		await this.#replica().dismiss(report);
	}

	/** Compares every record of the opened entity with the server. Throws ApiError, VaultError `vault/closed`. */
	async pullAll(): Promise<void> {
		await this.#replica().pullAll();
	}

	#replica(): NonNullable<VaultState['replica']> {
		const { replica } = this.#state;
		if (!replica) throw new VaultError('vault/closed');
		return replica;
	}
}
