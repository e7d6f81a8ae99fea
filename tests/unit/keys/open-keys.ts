import type { Domain } from '../../../src/lib/api/ids.ts';
import type { Plain } from '../../../src/lib/api/record.ts';
import { fromUtf8, toUtf8 } from '../../../src/lib/crypto/utf8.ts';
import { KeysError } from '../../../src/lib/keys/keys-error.ts';
import type { DomainLayer, Opened, RecordKeys } from '../../../src/lib/keys/record-keys.ts';

/** What an envelope of these keys says, in the clear. */
interface Said {
	place: string;
	generation: number;
	author: string;
	plain: Plain;
}

/**
 * RecordKeys that seal nothing: an envelope is base64url of JSON with its place. For tests of what stands above the
 * keys, which must follow the rules of places, generations and locking whatever the cipher is.
 */
export class OpenKeys implements RecordKeys {
	/** By entity and domain, with a space between. */
	readonly layers = new Map<string, DomainLayer>();
	author = '00000000-0000-4000-8000-00000000000a';
	locked = false;
	#sealings = 0;

	switchOn(entity: string, domain: Domain, layer: DomainLayer): this {
		this.layers.set(`${entity} ${domain}`, layer);
		return this;
	}

	layer(entity: string, domain: Domain): DomainLayer | null {
		return this.layers.get(`${entity} ${domain}`) ?? null;
	}

	seal: RecordKeys['seal'] = (entity, domain, bodies) =>
		this.#run(() => {
			const { current: generation } = this.#of(entity, domain);
			return bodies.map(({ id, rev, plain }) => ({
				generation,
				sealed: this.#write(entity, domain, id, rev, generation, plain)
			}));
		});

	open: RecordKeys['open'] = (entity, domain, rows) =>
		this.#run(() => {
			const { oldest, current } = this.#of(entity, domain);
			return rows.map(({ id, rev, generation, sealed }): Opened => {
				if (generation < oldest) return { ok: false, why: 'retired' };
				if (generation > current) return { ok: false, why: 'no-key' };
				const said = read(sealed);
				if (said?.place !== placeOf(entity, domain, id, rev) || said.generation !== generation)
					return { ok: false, why: 'cannot-open' };
				return { ok: true, plain: said.plain, author: said.author };
			});
		});

	sealLocal: RecordKeys['sealLocal'] = (texts) =>
		this.#run(() => texts.map((text) => toUtf8(encode({ ...text, n: ++this.#sealings }))));

	openLocal: RecordKeys['openLocal'] = (texts) =>
		this.#run(() =>
			texts.map(({ name, sealed }) => {
				const said = decode<{ name: string; text: string }>(fromUtf8(sealed));
				return said?.name === name ? said.text : null;
			})
		);

	isLocalNewest = (): boolean => true;

	#write(entity: string, domain: Domain, id: string, rev: string, generation: number, plain: Plain): string {
		// Numbered, since no two sealings give the same bytes.
		const said: Said & { n: number } = {
			place: placeOf(entity, domain, id, rev),
			generation,
			author: this.author,
			plain,
			n: ++this.#sealings
		};
		return encode(said);
	}

	#of(entity: string, domain: Domain): DomainLayer {
		const layer = this.layer(entity, domain);
		if (!layer) throw new KeysError('keys/no-layer');
		return layer;
	}

	#run<T>(work: () => T): Promise<T> {
		if (this.locked) return Promise.reject(new KeysError('keys/locked'));
		return new Promise((resolve) => resolve(work()));
	}
}

/** What an envelope of OpenKeys says, or null. */
export function read(sealed: string): Said | null {
	return decode<Said>(sealed);
}

function placeOf(entity: string, domain: string, id: string, rev: string): string {
	return [entity, domain, id, rev].join(' ');
}

function encode(value: unknown): string {
	return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function decode<T>(text: string): T | null {
	try {
		return JSON.parse(Buffer.from(text, 'base64url').toString()) as T;
	} catch {
		return null;
	}
}
