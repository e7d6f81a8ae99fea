import type { StaleAnswer } from '../../../src/lib/api/reseal.ts';
import type { Record as RecordRow } from '../../../src/lib/api/record.ts';
import { fromBase64url, toBase64url } from '../../../src/lib/crypto/base64url.ts';
import { followRoster, foundRoster, retire, rotate } from '../../../src/lib/crypto/roster-changes.ts';
import type { Roster } from '../../../src/lib/crypto/roster.ts';
import type { AcceptedRoster } from '../../../src/lib/crypto/signed-roster.ts';
import { resealRecord } from '../../../src/lib/crypto/seal-records.ts';
import { identityHash } from '../../../src/lib/crypto/identity.ts';
import { TestKeys, World } from '../../unit/sync/test-keys.ts';
import { b64u } from '../encrypted-person.ts';
import type { Stage } from './stage.ts';

/** The domain that gets a user layer: most records of a history are in it. */
export const LAYERED = 'finances';

/**
 * The user layer of one history's entity, as a device that is never killed brings it about while the others live on:
 * rosters are posted, bodies sealed anew page by page, what is older retired. Goes on where the server was killed.
 */
export class UserLayer {
	readonly world = new World();
	readonly #stage: Stage;
	readonly #entity: string;
	readonly #keys: TestKeys;
	/** Nonces that left any device, with the envelope each was seen in. */
	readonly #nonces = new Map<string, string>();
	readonly wrong: string[] = [];

	constructor(stage: Stage, entity: string) {
		this.#stage = stage;
		this.#entity = entity;
		this.world.writers.add(stage.account.id);
		this.#keys = new TestKeys(this.world, stage.account.id);
	}

	/** A device's keys on one page; what it knows of the layers it has kept. */
	keysOf(known: TestKeys['known']): TestKeys {
		return new TestKeys(this.world, this.#stage.account.id, known);
	}

	/** A first key, under which everything is sealed; then nothing is read in the clear any more. */
	async switchOn(): Promise<void> {
		const { account, self } = this.#stage.person;
		const owner = { id: account.id, identity: b64u(await identityHash(self.identity)) };
		const hash = await this.#stage.person.keyHash(this.#entity, LAYERED, 1);
		const first = foundRoster(this.#entity, owner, { [LAYERED]: hash });
		while (!(await this.#advance(1, () => first)));
		await this.#sealAnew(1);
	}

	/** A new generation, under which everything is sealed anew; then the one before is retired. */
	async rotate(): Promise<void> {
		const current = this.layer.current + 1;
		const hash = await this.#stage.person.keyHash(this.#entity, LAYERED, current);
		while (!(await this.#advance(current, (newest) => rotate(followRoster(newest), LAYERED, hash))));
		await this.#sealAnew(current);
	}

	get layer(): { oldest: number; current: number } {
		const layer = this.#keys.layer(this.#entity, LAYERED);
		if (!layer) throw new Error('there is no layer');
		return layer;
	}

	/** Looks at what a device sends: no nonce may ever be seen with other bytes. */
	watch(body: string): void {
		for (const [, sealed = ''] of body.matchAll(/"sealed":"([\w-]+)"/g)) {
			const nonce = b64u(fromBase64url(sealed).subarray(6, 18));
			if ((this.#nonces.get(nonce) ?? sealed) !== sealed) this.wrong.push(`nonce ${nonce} was used twice`);
			this.#nonces.set(nonce, sealed);
		}
	}

	/** Rows as the server has them, opened; each must be sealed under the key in use. */
	async open(rows: readonly RecordRow[]): Promise<RecordRow[]> {
		const mine = rows.filter(({ domain }) => domain === LAYERED);
		for (const { id, generation, plain } of mine)
			if (plain !== undefined || generation !== this.layer.current)
				this.wrong.push(`${id} is not sealed on the server`);
		const bodies = mine.map(({ id, rev, generation = 0, sealed = '' }) => ({ id, rev, generation, sealed }));
		const opened = await this.#keys.open(this.#entity, LAYERED, bodies);
		const plains = new Map(mine.map(({ id }, at) => [id, opened[at]]));
		return rows.map(({ sealed: _, ...row }) => {
			const body = plains.get(row.id);
			if (!body) return row;
			if (!body.ok) this.wrong.push(`${row.id} does not open: ${body.why}`);
			return body.ok ? { ...row, plain: body.plain } : row;
		});
	}

	async #sealAnew(current: number): Promise<void> {
		const body = { entity: this.#entity, domain: LAYERED, below: current, limit: 20 };
		for (let done = false; !done;) {
			const { records } = await this.#patiently<StaleAnswer>('/api/records/stale', body);
			if (records.length > 0) await this.#sealPage(records, current);
			// A body may have come in under it meanwhile.
			else done = await this.#advance(current, (newest) => retire(followRoster(newest), LAYERED), 'oldest');
		}
	}

	async #sealPage(records: readonly RecordRow[], to: number): Promise<void> {
		const bodies = [];
		for (const { id, rev, plain, sealed, generation: from = 0 } of records) {
			const made = plain
				? (await this.#keys.seal(this.#entity, LAYERED, [{ id, rev, plain }]))[0]?.sealed
				: await this.#sealBody({ id, rev, sealed: sealed ?? '' }, from, to);
			bodies.push({ id, rev, from, to, sealed: made ?? '' });
		}
		this.#stage.counts.resealed += bodies.length;
		await this.#patiently('/api/records/reseal', { entity: this.#entity, domain: LAYERED, bodies });
	}

	async #sealBody(body: { id: string; rev: string; sealed: string }, from: number, to: number): Promise<string> {
		const domain = async (generation: number) => {
			const key = await World.key(this.#entity, LAYERED, generation);
			return { entity: this.#entity, domain: LAYERED, generation, key };
		};
		const envelope = fromBase64url(body.sealed);
		const row = { id: body.id, revision: BigInt(body.rev), envelope };
		const made = await resealRecord(await domain(from), await domain(to), row);
		if (!made) throw new Error(`a body on the server does not open: ${body.id}`);
		return toBase64url(envelope);
	}

	/**
	 * Posts the next roster, unless the newest has that generation as the domain's current (or oldest) one already.
	 * @returns whether it has; not so where a body is still under what it retires, or the database was busy
	 */
	async #advance(
		generation: number,
		next: (newest: AcceptedRoster) => Roster,
		as: 'current' | 'oldest' = 'current'
	): Promise<boolean> {
		const { person } = this.#stage;
		const there = await this.#stage.ask(async () => {
			const newest = await this.#newest();
			if (newest.roster.domains[LAYERED]?.[as] === generation) return true;
			const said = await person.post(await person.sign(next(newest)));
			if (!['200', '201', '423 roster/in-use', '503 server/unavailable'].includes(said)) throw new Error(said);
			return said.startsWith('20');
		});
		await this.#adopt();
		return there;
	}

	/** Asks again where the server was killed, or its database was busy. */
	async #patiently<T>(path: string, body: object): Promise<T> {
		for (;;) {
			const { client } = this.#stage;
			const answer = await this.#stage.ask((token) => client.ask('POST', path, { body, token }));
			if (answer.ok) return (await answer.json()) as T;
			if (answer.status !== 503) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
		}
	}

	/** An entity without a roster has one that says nothing. */
	async #newest(): Promise<AcceptedRoster> {
		const { person } = this.#stage;
		const answer = await person.ask('GET', `/api/rosters?entity=${this.#entity}`);
		const { rosters } = (await answer.json()) as { rosters: unknown[] };
		if (rosters.length > 0) return person.newest(this.#entity);
		return { roster: foundRoster(this.#entity, { id: '', identity: '' }, {}), hash: '' };
	}

	/** What the server's newest roster says is what the world knows. */
	async #adopt(): Promise<void> {
		const { roster } = await this.#stage.ask(() => this.#newest());
		const layer = roster.domains[LAYERED];
		if (!layer) return;
		this.world.setLayer(this.#entity, LAYERED, { oldest: layer.oldest, current: layer.current });
		this.#keys.accept();
	}
}
