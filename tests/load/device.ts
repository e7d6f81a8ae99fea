import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Change, PullAnswer, PushAnswer, Record as VaultRecord } from '../../src/lib/api/record.ts';
import { expense } from '../server/client.ts';
import type { Account, Client } from '../server/client.ts';
import type { Ledger, Revision } from './ledger.ts';

/** What all devices together met. */
export interface Tally {
	/** Milliseconds of each answer, by what was asked for. */
	took: { pull: number[]; push: number[] };
	/** Answers by their status, when it was not 200; `network` where there was none. */
	other: Map<string, number>;
	accepted: number;
	conflicts: number;
	repeated: number;
}

/** How many milliseconds a device rests between two turns, at least and at most. */
const REST = [1000, 5000] as const;

/** One signed-in device: pulls what changed, writes something, rests, over and over. */
export class Device {
	readonly #known = new Map<string, string>();
	#after: PullAnswer['after'] = { finances: '0' };
	readonly #client: Client;
	readonly #account: Account;
	readonly #entity: string;
	readonly #ledger: Ledger;
	readonly #tally: Tally;

	constructor(client: Client, account: Account, entity: string, ledger: Ledger, tally: Tally) {
		[this.#client, this.#account, this.#entity] = [client, account, entity];
		[this.#ledger, this.#tally] = [ledger, tally];
	}

	/** Syncs until `end` (as `performance.now()` counts). */
	async live(end: number): Promise<void> {
		await pause(Math.random() * REST[1]);
		while (performance.now() < end) {
			// Every other turn it writes upon what it knew before, as a device does that was away: hence conflicts.
			if (Math.random() < 0.5) await this.#pull();
			const changes = this.#draw();
			const first = await this.#push(changes);
			// The answer was lost on its way, as far as the device knows: it sends the same again.
			if (first && Math.random() < 0.02) await this.#pushAgain(changes, first);
			await pause(REST[0] + Math.random() * (REST[1] - REST[0]));
		}
	}

	/** One to three records that are new, or another revision of some that are known. */
	#draw(): Change[] {
		const known = [...this.#known];
		const many = 1 + Math.floor(Math.random() * 3);
		if (known.length < 3 || Math.random() < 0.6)
			return Array.from({ length: many }, () => expense({ payee: randomUUID() }));
		const start = Math.floor(Math.random() * (known.length - many + 1));
		return known.slice(start, start + many).map(([id, base]) => ({ ...expense({ payee: randomUUID() }), id, base }));
	}

	async #pull(): Promise<void> {
		for (;;) {
			const page = await this.#ask<PullAnswer>('pull', { entity: this.#entity, after: this.#after });
			if (!page) return;
			for (const { id, rev } of page.records) this.#known.set(id, rev);
			this.#after = page.after;
			if (!page.more) return;
		}
	}

	async #push(changes: Change[]): Promise<PushAnswer | undefined> {
		const answer = await this.#ask<PushAnswer>('push', { entity: this.#entity, changes });
		answer?.results.forEach((result, at) => {
			if (result.status === 'accepted') {
				this.#tally.accepted += 1;
				this.#known.set(result.id, result.rev);
				const words = wordsOf(changes[at]);
				this.#ledger.accept({ id: result.id, rev: Number(result.rev), words });
			} else if (result.status === 'conflict') {
				this.#tally.conflicts += 1;
				this.#known.set(result.id, result.current.rev);
			} else this.#ledger.wrong.push(`a change was ${result.status}`);
		});
		return answer;
	}

	async #pushAgain(changes: Change[], first: PushAnswer): Promise<void> {
		this.#tally.repeated += 1;
		const again = await this.#ask<PushAnswer>('push', { entity: this.#entity, changes });
		again?.results.forEach((result, at) => {
			const before = first.results[at];
			if (before?.status === 'accepted' && (result.status !== 'accepted' || result.rev !== before.rev))
				this.#ledger.wrong.push('a change that was sent again was answered differently');
		});
	}

	/** Asks until there is an answer: 429 is waited out as it says, anything else that is not 200 is counted. */
	async #ask<T>(what: 'pull' | 'push', body: object): Promise<T | undefined> {
		for (;;) {
			const began = performance.now();
			const answer = await this.#client
				.ask('POST', `/api/records/${what}`, { body, token: this.#account.token })
				.catch(() => undefined);
			if (answer?.ok) {
				const told = (await answer.json()) as T;
				this.#tally.took[what].push(performance.now() - began);
				return told;
			}
			const status = String(answer?.status ?? 'network');
			this.#tally.other.set(status, (this.#tally.other.get(status) ?? 0) + 1);
			if (status !== '429') return undefined;
			await pause(1000 * Number(answer?.headers.get('retry-after') ?? 1));
		}
	}
}

/** The records of a pull as the ledger compares them. */
export function revisionsIn(records: readonly VaultRecord[]): Revision[] {
	return records.map(({ id, rev, plain }) => ({ id, rev: Number(rev), words: String(plain?.values.payee) }));
}

function wordsOf(change: Change | undefined): string {
	return String(change?.plain?.values.payee);
}
