import { randomUUID } from 'node:crypto';
import type {
	Change,
	PullAnswer,
	PullRequest,
	PushRequest,
	Record as RecordRow,
	Result
} from '../../../src/lib/api/record.ts';
import type { ApiClient } from '../../../src/lib/sync/api-client.ts';
import { fakeServer, problem } from './fake-server.ts';
import type { Answer, Sent } from './fake-server.ts';

/** A server in memory that keeps to the rules, until the test makes it lie. */
export class ToyServer {
	rows = new Map<string, RecordRow>();
	epoch = randomUUID();
	restoredFrom: string | null = null;
	/** By domain with a user layer the generation it takes; what comes under another or none is stale. */
	readonly generations = new Map<string, number>();
	/** Rows in one page at most. */
	pageSize = 1000;
	/** What becomes of a page before it leaves. */
	lie: (page: PullAnswer) => PullAnswer = (page) => page;
	/** What happens to a push instead of its being taken: an answer, or null to take it; `lost` takes it and loses the answer. */
	meet: (changes: Change[], number: number) => Answer | null = () => null;
	readonly pushes: Change[][] = [];
	readonly client: ApiClient;
	readonly #done = new Map<string, Result>();
	#seq = 0;

	constructor() {
		this.client = fakeServer((sent) => (sent.path.endsWith('/push') ? this.#push(sent) : this.#pull(sent))).client;
	}

	/** Another device writes: the next revision of a record. */
	write(row: Pick<RecordRow, 'id'> & Partial<RecordRow>): RecordRow {
		const rev = String(BigInt(this.rows.get(row.id)?.rev ?? '0') + 1n);
		const state = row.plain?.meta.deleted === true ? 'bin' : 'live';
		const full: RecordRow = {
			domain: 'finances',
			rev,
			author: null,
			state,
			updatedAt: '2026-01-01T00:00:00.000Z',
			...row,
			seq: String(++this.#seq)
		};
		this.rows.set(row.id, full);
		return full;
	}

	/** Somebody seals a body anew: no new revision, no new sequence. */
	reseal(id: string, sealed: { sealed: string; generation: number }): void {
		const row = this.rows.get(id);
		if (row) this.rows.set(id, { ...row, plain: undefined, ...sealed });
	}

	/** Goes back to what it had then: a new epoch, the older rows. */
	restore(rows: ReadonlyMap<string, RecordRow>, from: string): void {
		this.rows = new Map(rows);
		this.epoch = randomUUID();
		this.restoredFrom = from;
		this.#done.clear();
	}

	#pull({ text }: Sent): PullAnswer {
		const { after } = JSON.parse(text) as PullRequest;
		const found = [...this.rows.values()]
			.filter((row) => BigInt(row.seq) > BigInt(after[row.domain] ?? '9'.repeat(18)))
			.sort((a, b) => Number(a.seq) - Number(b.seq));
		const records = found.slice(0, this.pageSize);
		const next = { ...after };
		for (const { domain, seq } of records) next[domain] = seq;
		const more = found.length > records.length;
		return this.lie({ records, after: next, more, epoch: this.epoch, restoredFrom: this.restoredFrom });
	}

	#push({ text }: Sent): Answer {
		const { changes } = JSON.parse(text) as PushRequest;
		this.pushes.push(changes);
		const met = this.meet(changes, this.pushes.length);
		if (met !== null && met !== 'lost') return met;
		const results = changes.map((change) => this.#take(change));
		return met ?? { results };
	}

	#take(change: Change): Result {
		const known = this.#done.get(change.change);
		if (known) return known;
		if ((change.generation ?? 0) !== (this.generations.get(change.domain) ?? 0)) {
			const told = { type: '/problems/record/stale-generation', title: 'stale', status: 409 };
			return { id: change.id, status: 'stale-generation', problem: told };
		}
		const row = this.rows.get(change.id);
		if ((row?.rev ?? '0') !== change.base) {
			if (row) return { id: change.id, status: 'conflict', current: row };
			const told = { type: '/problems/record/invalid', title: 'invalid', status: 422 };
			return { id: change.id, status: 'invalid', problem: told };
		}
		const { id, domain, plain, sealed, generation, state } = change;
		const layer = sealed === undefined ? { plain } : { sealed, generation, state: state ?? 'live' };
		const { rev, seq } = this.write({ id, domain, ...layer });
		const result: Result = { id: change.id, status: 'accepted', rev, seq };
		this.#done.set(change.change, result);
		return result;
	}
}

export { problem };
