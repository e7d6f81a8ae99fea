import type { Report, WaitingChange } from '../device/record-store.ts';
import type { Replica } from '../sync/replica.ts';

/** `trouble`: the server was reached and something else went wrong; `code` says what. */
export type SyncPhase = 'idle' | 'syncing' | 'offline' | 'trouble';

const NONE: readonly never[] = [];

/** How this device and the server stand to each other, as screens show it. All of it is reactive. */
export class SyncState {
	phase = $state<SyncPhase>('idle');
	/** The stable code of the last trouble; empty where there is none. */
	code = $state('');
	/** Changes that the server does not have yet, of every entity. */
	waiting = $state(0);
	/** Changes of the opened entity that the server did not take. */
	refused = $state.raw<readonly WaitingChange[]>(NONE);
	/** Changes of the opened entity that wait for the person's word since the server was restored. */
	held = $state.raw<readonly WaitingChange[]>(NONE);
	/** What the person should know of the opened entity, oldest first. */
	reports = $state.raw<readonly Report[]>(NONE);
	lastSynced = $state.raw<Date | null>(null);
	/** Does what is saved outlive this page? Not so where the browser keeps nothing. */
	lasting = $state(true);
	#elsewhere = 0;

	/** Changes that wait in entities that are not open. */
	get elsewhere(): number {
		return this.#elsewhere;
	}

	/** Shows what the opened entity has. */
	show({ waiting, reports }: Pick<Replica, 'waiting' | 'reports'>): void {
		this.refused = waiting.filter(({ state }) => state === 'refused');
		this.held = waiting.filter(({ state }) => state === 'held');
		this.waiting = this.#elsewhere + waiting.filter(({ state }) => state === 'waiting').length;
		this.reports = reports;
	}

	/** How the last pass went. */
	settle(phase: SyncPhase, code = ''): void {
		this.phase = phase;
		this.code = code;
	}

	/** Counts what waits in entities that are not open. */
	countElsewhere(count: number): void {
		this.waiting += count - this.#elsewhere;
		this.#elsewhere = count;
	}

	/** The opened entity is closed: what waits in it waits elsewhere now. */
	leave(): void {
		this.#elsewhere = this.waiting;
		this.refused = this.held = this.reports = NONE;
	}

	clear(): void {
		this.leave();
		this.countElsewhere(0);
		this.waiting = 0;
		this.lastSynced = null;
		this.settle('idle');
	}
}
