import type { Domain } from '../../../src/lib/api/ids.ts';
import { fromBase64url, toBase64url } from '../../../src/lib/crypto/base64url.ts';
import { joinBytes } from '../../../src/lib/crypto/bytes.ts';
import type { Bytes } from '../../../src/lib/crypto/bytes.ts';
import { CryptoError } from '../../../src/lib/crypto/crypto-error.ts';
import { sha256 } from '../../../src/lib/crypto/digest.ts';
import { bodyKey } from '../../../src/lib/crypto/domain-key.ts';
import { makeSigner } from '../../../src/lib/crypto/ed25519.ts';
import type { Signer } from '../../../src/lib/crypto/ed25519.ts';
import { recordChecks } from '../../../src/lib/crypto/open-records.ts';
import type { RecordChecks } from '../../../src/lib/crypto/open-records.ts';
import { toUtf8 } from '../../../src/lib/crypto/utf8.ts';
import { KeysError } from '../../../src/lib/keys/keys-error.ts';
import type {
	BodyToOpen,
	BodyToSeal,
	DomainLayer,
	Opened,
	RecordKeys,
	SealedBody
} from '../../../src/lib/keys/record-keys.ts';
import { sealTexts, showRecords } from '../crypto/record-bodies.ts';

const keys = new Map<string, Promise<CryptoKey>>();
const signers = new Map<string, Promise<Signer>>();

/** What follows from a name, made once. */
function once<T>(made: Map<string, Promise<T>>, name: string, make: (seed: Bytes) => Promise<T>): Promise<T> {
	const known = made.get(name) ?? sha256(toUtf8(name)).then(make);
	made.set(name, known);
	return known;
}

/** What is the same for everybody: the domains' layers, and who may write there. Keys and signers follow from names. */
export class World {
	readonly layers = new Map<string, DomainLayer>();
	readonly writers = new Set<string>();

	setLayer(entity: string, domain: Domain, layer: DomainLayer): void {
		this.layers.set(`${entity} ${domain}`, layer);
	}

	static key(entity: string, domain: string, generation: number): Promise<CryptoKey> {
		return once(keys, `${entity} ${domain} ${generation}`, (seed) => bodyKey(seed));
	}

	static signer(account: string): Promise<Signer> {
		return once(signers, `signer of ${account}`, (seed) => makeSigner(seed));
	}
}

/** One account's keys on one page, with the real bytes of bodies and keys that follow from names. */
export class TestKeys implements RecordKeys {
	readonly account: string;
	/** The layers this page knows of; `accept` takes in what the world has by now. */
	readonly known: Map<string, DomainLayer>;
	readonly #world: World;
	/** Generations that this account was granted. */
	holds: (generation: number) => boolean = () => true;
	checks: RecordChecks = recordChecks;
	locked = false;
	/** How many signatures were made. */
	sealed = 0;
	/** The account key changes with the password, and the local key with it. */
	accountKey = 'first';
	/** Account keys of before whose local keys are at hand as well. */
	earlier: string[] = [];

	/** @param known what an earlier page of the device knew, and this one adds to; by default what the world has */
	constructor(world: World, account: string, known?: Map<string, DomainLayer>) {
		this.#world = world;
		this.account = account;
		this.known = known ?? new Map(world.layers);
	}

	accept(): void {
		for (const [name, layer] of this.#world.layers) this.known.set(name, layer);
	}

	layer(entity: string, domain: Domain): DomainLayer | null {
		return this.known.get(`${entity} ${domain}`) ?? null;
	}

	async seal(entity: string, domain: Domain, bodies: readonly BodyToSeal[]): Promise<SealedBody[]> {
		this.#unlessLocked();
		const layer = this.layer(entity, domain);
		if (!layer) throw new KeysError('keys/no-layer');
		if (!this.holds(layer.current)) throw new CryptoError('crypto/no-key');
		const generation = layer.current;
		const into = { entity, domain, generation, key: await World.key(entity, domain, generation) };
		const records = bodies.map(({ id, rev, plain }) => ({ id, revision: BigInt(rev), json: JSON.stringify(plain) }));
		const author = { id: this.account, signer: await World.signer(this.account) };
		const envelopes = await sealTexts(into, author, records);
		this.#unlessLocked();
		this.sealed += envelopes.length;
		return envelopes.map((envelope) => ({ sealed: toBase64url(envelope), generation }));
	}

	async open(entity: string, domain: Domain, rows: readonly BodyToOpen[]): Promise<Opened[]> {
		this.#unlessLocked();
		const { oldest, current } = this.layer(entity, domain) ?? { oldest: 1, current: 0 };
		const keys = new Map<number, CryptoKey>();
		for (let generation = 1; generation <= current; generation++)
			if (this.holds(generation)) keys.set(generation, await World.key(entity, domain, generation));
		const writers = [...this.#world.writers].map(async (id) => [id, [(await World.signer(id)).publicKey]] as const);
		const authors = new Map(await Promise.all(writers));
		const records = rows.map(({ id, rev, generation, sealed }) => {
			return { id, revision: BigInt(rev), generation, envelope: fromBase64url(sealed) };
		});
		const opened = await showRecords({ entity, domain, oldest, current, keys, authors }, records, this.checks);
		this.#unlessLocked();
		return opened.map((one) => (one.ok ? { ok: true, plain: one.record, author: one.author } : one));
	}

	async sealLocal(texts: readonly { name: string; text: string }[]): Promise<Bytes[]> {
		this.#unlessLocked();
		const key = await this.#localKey(this.accountKey);
		return Promise.all(
			texts.map(async ({ name, text }) => {
				const iv = crypto.getRandomValues(new Uint8Array(12));
				const algorithm = { name: 'AES-GCM', iv, additionalData: toUtf8(name) };
				const body = new Uint8Array(await crypto.subtle.encrypt(algorithm, key, toUtf8(text)));
				return joinBytes(toUtf8(`${this.accountKey} `), iv, body);
			})
		);
	}

	async openLocal(texts: readonly { name: string; sealed: Bytes }[]): Promise<(string | null)[]> {
		this.#unlessLocked();
		return Promise.all(
			texts.map(async ({ name, sealed }) => {
				const accountKey = accountKeyOf(sealed);
				if (![this.accountKey, ...this.earlier].includes(accountKey)) return null;
				const [key, bytes] = [await this.#localKey(accountKey), sealed.slice(accountKey.length + 1)];
				const algorithm = { name: 'AES-GCM', iv: bytes.slice(0, 12), additionalData: toUtf8(name) };
				const opening = crypto.subtle.decrypt(algorithm, key, bytes.slice(12));
				return opening.then(
					(plain) => new TextDecoder().decode(plain),
					() => null
				);
			})
		);
	}

	isLocalNewest(sealed: Bytes): boolean {
		return accountKeyOf(sealed) === this.accountKey;
	}

	#unlessLocked(): void {
		if (this.locked) throw new KeysError('keys/locked');
	}

	async #localKey(accountKey: string): Promise<CryptoKey> {
		const bytes = await sha256(toUtf8(`${accountKey} local key of ${this.account}`));
		return crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
	}
}

/** The name of the account key that a local text was sealed with: what stands before its first space. */
function accountKeyOf(sealed: Bytes): string {
	return new TextDecoder().decode(sealed.subarray(0, sealed.indexOf(0x20)));
}
