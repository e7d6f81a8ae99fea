import type { Plain, Record as RecordRow } from '../../../src/lib/api/record.ts';
import type { DomainLayer } from '../../../src/lib/keys/record-keys.ts';
import type { ReplicaOptions } from '../../../src/lib/sync/replica.ts';
import { ENTITY } from './changes.ts';
import { ACCOUNT, openReplica } from './open-replica.ts';
import { TestKeys, World } from './test-keys.ts';
import { ToyServer } from './toy-server.ts';

/** The one domain of these tests that gets a user layer. */
export const DOMAIN = 'health';

/** A server and a world of keys, with a user layer on health from the start unless it is said otherwise. */
export class Layered {
	readonly server = new ToyServer();
	readonly world = new World();
	/** How often newer rosters were asked for. */
	renewals = 0;

	constructor(layer: DomainLayer | null = { oldest: 1, current: 1 }) {
		this.world.writers.add(ACCOUNT);
		if (layer) this.setLayer(layer);
	}

	/** The roster says this from now on, and the server takes what is sealed under its current generation. */
	setLayer(layer: DomainLayer): void {
		this.world.setLayer(ENTITY, DOMAIN, layer);
		this.server.generations.set(DOMAIN, layer.current);
	}

	keys(account = ACCOUNT): TestKeys {
		return new TestKeys(this.world, account);
	}

	/** A device of the account; its `renew` takes in the rosters of the world. */
	async device(options: Partial<ReplicaOptions> & { keys?: TestKeys } = {}) {
		const { keys = this.keys(), ...more } = options;
		const renew = () => {
			this.renewals++;
			keys.accept();
			return Promise.resolve();
		};
		const domains = ['finances', DOMAIN] as const;
		const device = await openReplica(this.server, { domains, layers: { keys, renew }, ...more });
		return { ...device, keys };
	}

	/** Seals a body for a place, by default as the account under the current generation. */
	async seal(id: string, rev: string, plain: Plain, by = this.keys()): Promise<{ sealed: string; generation: number }> {
		const [made] = await by.seal(ENTITY, DOMAIN, [{ id, rev, plain }]);
		if (!made) throw new Error('nothing was sealed');
		return made;
	}

	/** Another device writes the next revision of a record. */
	async write(id: string, plain: Plain, by = this.keys()): Promise<RecordRow> {
		const rev = String(BigInt(this.server.rows.get(id)?.rev ?? '0') + 1n);
		const state = plain.meta.deleted === true ? 'bin' : 'live';
		return this.server.write({ id, domain: DOMAIN, state, ...(await this.seal(id, rev, plain, by)) });
	}
}
