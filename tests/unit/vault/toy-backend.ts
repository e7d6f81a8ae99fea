import type { Entity } from '../../../src/lib/api/entity.ts';
import { saysPurged } from '../../../src/lib/api/purged-body.ts';
import type { PullRequest, PushRequest, Record as RecordRow, Result } from '../../../src/lib/api/record.ts';
import { MemoryStore } from '../../../src/lib/device/memory-store.ts';
import type { RecordStore } from '../../../src/lib/device/record-store.ts';
import { createStorageClient } from '../../../src/lib/sync/storage-client.ts';
import { Vault } from '../../../src/lib/vault/vault.svelte.ts';
import { ENTITY, EPOCH, uuid } from '../sync/changes.ts';
import { fakeServer } from '../sync/fake-server.ts';
import type { Answer, Sent } from '../sync/fake-server.ts';

/** Nothing is stored beside the records here. */
const noStorage = createStorageClient({
	accessToken: () => Promise.resolve('token'),
	place: () => Promise.resolve({ url: 'http://nowhere', apikey: '' }),
	fetch: () => Promise.reject(new TypeError('Failed to fetch'))
});

/** The one person of the toy. */
export const ME = uuid(900);

/** Rows with compare-and-set, sequences and change ids remembered: as much of the server as the vault relies on. */
export class ToyBackend {
	rows = new Map<string, RecordRow>();
	entities: Entity[] = [
		{
			id: ENTITY,
			kind: 'person',
			name: 'Ana',
			values: {},
			role: 'owner',
			domains: ['finances'],
			epoch: EPOCH,
			restoredFrom: null,
			rev: '1'
		}
	];
	epoch = EPOCH;
	/** Refuses every change with this status, while it is set. */
	refuse: 'denied' | 'over-quota' | 'invalid' | null = null;
	#seq = 0;
	#answered = new Map<string, Result>();
	/** Overrides an answer: called before (`'lost'`: never arrived) and after (the answer goes astray) each request. */
	before: (sent: Sent) => Answer | null = () => null;
	after: (sent: Sent) => Answer | null = () => null;

	/** A vault of this backend's one person, on a device of its own, its entity open. */
	async device(store: RecordStore = new MemoryStore()): Promise<Vault> {
		const vault = this.closedDevice(() => Promise.resolve(store));
		await vault.start();
		await vault.open(ENTITY);
		return vault;
	}

	/** The same before anything was read or asked. */
	closedDevice(openStore: (account: string) => Promise<RecordStore>, account = ME): Vault {
		const vault = new Vault({ api: fakeServer((sent) => this.answer(sent)).client, storage: noStorage }, openStore);
		vault.belongTo(account);
		return vault;
	}

	answer(sent: Sent): Answer {
		const early = this.before(sent);
		if (early) return early;
		const answer = this.#act(sent);
		return this.after(sent) ?? answer;
	}

	/** Writes a row by hand, as somebody with the database might. */
	plant(row: RecordRow): void {
		this.#seq++;
		this.rows.set(row.id, { ...row, seq: String(this.#seq) });
	}

	#act(sent: Sent): Answer {
		if (sent.path === '/api/entities') return this.#entities(sent);
		const body = JSON.parse(sent.text) as PullRequest & PushRequest;
		return sent.path.endsWith('/pull')
			? this.#pull(body)
			: { results: body.changes.map((change) => this.#push(change)) };
	}

	#entities(sent: Sent): Answer {
		if (sent.method === 'GET') return { entities: this.entities };
		const draft = JSON.parse(sent.text) as { kind: string; name: string };
		const made = {
			...(this.entities[0] as Entity),
			id: uuid(500 + this.entities.length),
			...draft,
			name: draft.name.trim()
		};
		this.entities = [...this.entities, made];
		return { entities: [made] };
	}

	#pull({ after, limit = 1000 }: PullRequest): Answer {
		const from = BigInt(after.finances ?? '0');
		const rows = [...this.rows.values()]
			.filter((row) => after[row.domain] !== undefined && BigInt(row.seq) > from)
			.sort((a, b) => Number(BigInt(a.seq) - BigInt(b.seq)));
		const records = rows.slice(0, limit);
		const reached = { ...after, finances: records.at(-1)?.seq ?? after.finances };
		return { records, after: reached, more: rows.length > limit, epoch: this.epoch, restoredFrom: null };
	}

	#push(change: PushRequest['changes'][number]): Result {
		const before = this.#answered.get(change.change);
		if (before) return before;
		if (this.refuse) return refused(change.id, this.refuse);
		const current = this.rows.get(change.id);
		if ((current?.rev ?? '0') !== change.base)
			return current ? { id: change.id, status: 'conflict', current } : refused(change.id, 'denied');
		this.#seq++;
		const rev = String(BigInt(change.base) + 1n);
		const seq = String(this.#seq);
		const state = saysPurged(change.plain) ? 'purged' : change.plain?.meta.deleted === true ? 'bin' : 'live';
		const { id, domain, plain } = change;
		this.rows.set(id, { id, domain, rev, seq, author: ME, state, updatedAt: '2026-01-01T00:00:00Z', plain });
		const result: Result = { id, status: 'accepted', rev, seq };
		this.#answered.set(change.change, result);
		return result;
	}
}

function refused(id: string, status: 'denied' | 'over-quota' | 'invalid'): Result {
	return { id, status, problem: { type: `/problems/records/${status}`, title: status, status: 403 } };
}
