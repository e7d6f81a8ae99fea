import type { BundleText, KeysAnswer, PutKeys } from '../../../src/lib/api/keys.ts';
import type { Record as RecordRow } from '../../../src/lib/api/record.ts';
import type { Resealed, StaleRequest } from '../../../src/lib/api/reseal.ts';
import type { RosterPost } from '../../../src/lib/api/rosters.ts';
import type { Roster as SignedRoster } from '../../../src/lib/crypto/roster.ts';
import { KeyClient } from '../../../src/lib/keys/key-client.ts';
import { VaultEncryption } from '../../../src/lib/vault/encryption.svelte.ts';
import { DoorError } from '../../../src/lib/vault/session/door-error.ts';
import { VaultState } from '../../../src/lib/vault/vault-state.svelte.ts';
import type { RecordStore } from '../../../src/lib/device/record-store.ts';
import { MemoryStore } from '../../../src/lib/device/memory-store.ts';
import { DeskPort } from '../keys/desk-port.ts';
import { KeyServer } from '../keys/key-server.ts';
import { ANA, HOME, jsonOf } from '../keys/unlocked.ts';
import { uuid } from '../sync/changes.ts';
import { fakeServer, problem } from '../sync/fake-server.ts';
import type { Answer, Sent } from '../sync/fake-server.ts';

/** A body of health as it was before. */
export function plainRow(n: number): RecordRow {
	const plain = JSON.parse(jsonOf(`cough ${n}`)) as RecordRow['plain'];
	return { id: uuid(n), domain: 'health', rev: '1', seq: String(n), author: null, state: 'live', updatedAt: '', plain };
}

/** Ana's encryption password, and the one she signs in with. */
export const ENCRYPTION_PASSWORD = 'Sail-lantern 41 orchard velvet';
export const SIGN_IN = 'sign-in';

const entity = {
	id: HOME,
	kind: 'person',
	name: 'Ana',
	values: {},
	role: 'owner',
	epoch: 'e',
	restoredFrom: null,
	rev: '1'
};

/** The routes of keys, over a server that may be played as one pleases. */
export class KeyBackend {
	readonly server = new KeyServer();
	/** What Ana signs in with. */
	signIn = SIGN_IN;
	/** Bodies of the health domain. */
	rows: RecordRow[] = [];
	readonly sent: Sent[] = [];
	/** Every bundle that was put, by its version. */
	readonly bundles = new Map<string, BundleText>();
	/** Every version of the keys. */
	readonly earlier = new Map<string, KeysAnswer>();
	/** Called before each request; what it gives is the answer. */
	before: (sent: Sent) => Answer | null = () => null;

	/** A device of Ana's: its vault, the encryption of it, and every key worker it started. */
	device<Store extends RecordStore = MemoryStore>(store: Store = new MemoryStore() as RecordStore as Store) {
		const { client } = fakeServer((sent) => this.answer(sent));
		const vault = new VaultState(client);
		vault.owner = ANA;
		vault.keepWith(Promise.resolve(store));
		// Other devices of the test are no tabs of this one.
		vault.presence = { enter: () => Promise.resolve(), isAlone: () => Promise.resolve(true) };
		const ports: DeskPort[] = [];
		const start = (onDeath: () => void) => {
			const port = new DeskPort();
			ports.push(port);
			return Promise.resolve(new KeyClient(port, onDeath));
		};
		const signInAgain = (password: string) =>
			password === this.signIn ? Promise.resolve() : Promise.reject(new DoorError('door/wrong-password'));
		return { vault, store, ports, encryption: new VaultEncryption(vault, { start, signInAgain }) };
	}

	answer(sent: Sent): Answer {
		this.sent.push(sent);
		return this.before(sent) ?? this.#act(sent);
	}

	#act({ method, path, text }: Sent): Answer {
		const [route = '', query = ''] = path.split('?');
		const body: unknown = text === '' ? null : JSON.parse(text);
		const { server } = this;
		switch (`${method} ${route}`) {
			case 'GET /api/entities':
				return { entities: [{ ...entity, domains: ['health', 'finances', 'administration', 'chat'] }] };
			case 'GET /api/keys':
				if (query !== '')
					return this.earlier.get(new URLSearchParams(query).get('version') ?? '') ?? problem(404, 'keys/none');
				return server.keys.get(ANA) ?? { version: 0 };
			case 'GET /api/bundle':
				if (query !== '')
					return this.bundles.get(new URLSearchParams(query).get('version') ?? '') ?? problem(404, 'keys/none');
				return server.bundles.get(ANA) ?? problem(404, 'keys/none');
			case 'PUT /api/keys':
				return this.#put(body as PutKeys);
			case 'PUT /api/bundle':
				return this.#putBundle(body as BundleText);
			case 'POST /api/keys/reset':
				return this.#askReset();
			case 'DELETE /api/keys/reset':
				return new Response(null, { status: 204 });
			case 'GET /api/rosters':
				return { rosters: server.rosters.get(HOME) ?? [], more: false };
			case 'GET /api/grants':
				return { grants: server.served(HOME, ANA).grants };
			case 'GET /api/identities':
				return server.identities.get(new URLSearchParams(query).get('user') ?? '') ?? problem(404, 'keys/none');
			case 'POST /api/rosters':
				return this.#post(body as RosterPost);
			case 'POST /api/records/stale':
				return this.#stale(body as StaleRequest & { after?: { id: string } });
			case 'POST /api/records/reseal':
				return { results: (body as { bodies: Resealed[] }).bodies.map((one) => this.#reseal(one)) };
		}
		return problem(404, 'http/no-route');
	}

	/** A day has passed since the reset was asked for. */
	makeDue(): void {
		const keys = this.server.keys.get(ANA);
		if (keys?.reset) keys.reset.due = new Date(0).toISOString();
	}

	#askReset(): Answer {
		const keys = this.server.keys.get(ANA);
		const reset = { asked: new Date().toISOString(), due: new Date(Date.now() + 86_400_000).toISOString() };
		if (keys) keys.reset = reset;
		return reset;
	}

	#put(put: PutKeys): Answer {
		if ((this.server.keys.get(ANA)?.version ?? 0) !== put.version - 1) return problem(409, 'keys/conflict');
		if (!this.#follows(put.bundle) || !put.rosters.every((post) => this.#goesOn(post)))
			return problem(409, 'bundle/conflict');
		this.server.put(ANA, put);
		this.bundles.set(String(put.bundle.version), put.bundle);
		const keys = this.server.keys.get(ANA);
		if (keys) this.earlier.set(String(keys.version), keys);
		return keys ?? {};
	}

	#putBundle(bundle: BundleText): Answer {
		if (!this.#follows(bundle)) return problem(409, 'bundle/conflict');
		this.server.bundles.set(ANA, bundle);
		this.bundles.set(String(bundle.version), bundle);
		return bundle;
	}

	#follows({ version }: BundleText): boolean {
		return version === (this.server.bundles.get(ANA)?.version ?? 0) + 1;
	}

	/** Whether a roster is the next of its chain, or the first of the next one. */
	#goesOn({ epoch, counter }: RosterPost): boolean {
		const newest = this.server.rosters.get(HOME)?.at(-1);
		if (epoch === (newest?.epoch ?? 0) + 1) return counter === '1';
		return epoch === newest?.epoch && counter === String(Number(newest.counter) + 1);
	}

	#post(post: RosterPost): Answer {
		if (!this.#goesOn(post)) return problem(409, 'roster/conflict');
		const { domains } = JSON.parse(Buffer.from(post.bytes, 'base64url').toString()) as Pick<SignedRoster, 'domains'>;
		const oldest = domains.health?.oldest ?? 0;
		if (this.rows.some(({ generation = 0 }) => generation < oldest)) return problem(409, 'roster/in-use');
		this.server.post(post);
		return Response.json({ rosters: this.server.rosters.get(HOME)?.slice(-1) }, { status: 201 });
	}

	#stale({ below, limit = 100, after }: StaleRequest & { after?: { id: string } }): Answer {
		const stale = this.rows.filter(({ generation = 0, id }) => generation < below && (!after || id > after.id));
		return { records: stale.slice(0, limit), left: Math.max(0, stale.length - limit) };
	}

	#reseal({ id, rev, from, to, sealed }: Resealed): object {
		const row = this.rows.find((one) => one.id === id && one.rev === rev);
		if (!row || (row.generation ?? 0) !== from) return { id, rev, status: 'conflict' };
		delete row.plain;
		Object.assign(row, { generation: to, sealed });
		return { id, rev, status: 'accepted' };
	}
}
