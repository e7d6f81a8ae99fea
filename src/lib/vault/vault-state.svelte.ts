import type { ApiClient } from '../sync/api-client.ts';
import type { Cursor } from '../sync/pull.ts';
import type { EntityView } from './entity-view.ts';
import type { OpenRecord } from './open-record.ts';
import { RecordIndex } from './record-index.svelte.ts';
import { UnsentWork } from './unsent-work.svelte.ts';

/** What the verbs of the vault work on: one person's vault in this page's memory. */
export class VaultState {
	readonly client: ApiClient;
	readonly records = new RecordIndex();
	readonly unsent = new UnsentWork();
	/** Tells the person's other tabs that an entity has something new. */
	nudge: (entity: string) => void = () => {};

	/** Whose vault this is; null when signed out. */
	owner = $state<string | null>(null);
	entities = $state.raw<readonly EntityView[]>([]);
	/** Have the entities been listed? */
	listed = $state(false);
	/** The opened entity, and whether every record of it has been pulled. */
	entity = $state<string | null>(null);
	ready = $state(false);
	/** Records received so far while an entity is being opened. */
	received = $state(0);
	/** Was the server reached when it was last asked? */
	reached = $state(true);

	cursor: Cursor = {};
	epoch: string | null = null;
	/** Ended when another entity is opened or the vault is cleared: stops what was under way for the one before. */
	opening = new AbortController();

	constructor(client: ApiClient) {
		this.client = client;
	}

	/** Shows records that were just saved, and moves the cursor past those that follow it without a gap. */
	take(records: readonly OpenRecord[]): void {
		this.records.put(records);
		const bySeq = [...records].sort((a, b) => Number(BigInt(a.seq) - BigInt(b.seq)));
		for (const { domain, seq } of bySeq) {
			const next = BigInt(this.cursor[domain] ?? '-1') + 1n;
			if (next > 0n && BigInt(seq) === next) this.cursor = { ...this.cursor, [domain]: seq };
		}
	}

	/** Forgets the opened entity. */
	close(): void {
		this.opening.abort();
		this.opening = new AbortController();
		this.records.clear();
		this.cursor = {};
		this.epoch = null;
		this.entity = null;
		this.ready = false;
		this.received = 0;
	}

	/** Forgets everything: sign-out, another account. */
	clear(): void {
		this.close();
		this.unsent.clear();
		this.entities = [];
		this.listed = false;
	}
}
