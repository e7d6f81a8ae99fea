import type { Domain } from '../api/ids.ts';
import type { Record as RecordRow } from '../api/record.ts';
import type { Bytes } from '../crypto/bytes.ts';
import { recordJson } from '../crypto/record-plain.ts';
import { fromUtf8 } from '../crypto/utf8.ts';
import { bodyColumns, jsonColumns, openedBodies, resealColumns, resealedBodies, sealedBodies } from './columns.ts';
import type { JsonToSeal, ResealedBody } from './columns.ts';
import type { ContentKeys } from './content-keys.ts';
import type { NamedPart, SealedPart } from './file-keys.ts';
import { inSlices } from './in-slices.ts';
import { KeyLine } from './key-line.ts';
import type { KeyPort } from './key-line.ts';
import type { KeyVerb, KeyVerbs, ServedEntity, TakenLocalKeys } from './key-verbs.ts';
import { localNumber, writeText } from './local-texts.ts';
import { markText, unmarkText } from './marked-texts.ts';
import { memoryOf } from './memory-of.ts';
import { KeysError } from './keys-error.ts';
import type { NamedShare, ShareKey } from './share-keys.ts';
import type { BodyToOpen, BodyToSeal, DomainLayer, Opened, RecordKeys, SealedBody } from './record-keys.ts';

/** The page's side of the key worker. It holds no key: only what the accepted rosters say. */
export class KeyClient implements RecordKeys, ContentKeys {
	readonly #line: KeyLine;
	readonly #layers = new Map<string, DomainLayer>();
	#newestLocal = 0;

	/** @param onDeath called once where the worker fails by itself: the keys are gone. */
	constructor(port: KeyPort, onDeath?: () => void) {
		this.#line = new KeyLine(port, onDeath);
	}

	/** Calls a verb; see KeyLine. */
	call<V extends KeyVerb>(
		verb: V,
		input: Parameters<KeyVerbs[V]>[0],
		transfer?: Transferable[]
	): ReturnType<KeyVerbs[V]> {
		return this.#line.call(verb, input, transfer);
	}

	/** Ends the worker. Whoever waits for it is rejected with KeysError `keys/locked`. */
	close(): void {
		this.#line.end();
	}

	/** Verifies what the server gave of an entity's keys, and takes it. Throws CryptoError: each one is an alarm. */
	async accept(served: Parameters<KeyVerbs['accept']>[0]): ReturnType<KeyVerbs['accept']> {
		const view = await this.#line.call('accept', served);
		if (!view) return null;
		for (const name of this.#layers.keys()) if (name.startsWith(`${view.entity} `)) this.#layers.delete(name);
		for (const { domain, oldest, current } of view.layers)
			this.#layers.set(`${view.entity} ${domain}`, { oldest, current });
		return view;
	}

	layer(entity: string, domain: Domain): DomainLayer | null {
		return this.#layers.get(`${entity} ${domain}`) ?? null;
	}

	async seal(entity: string, domain: Domain, bodies: readonly BodyToSeal[]): Promise<SealedBody[]> {
		if (!this.layer(entity, domain)) throw new KeysError('keys/no-layer');
		const write = ({ id, rev, plain }: BodyToSeal): JsonToSeal => ({ id, rev, json: recordJson(plain) });
		return inSlices(bodies, write, jsonLength, async (slice) => {
			const columns = jsonColumns(slice);
			return sealedBodies(await this.#line.call('seal', { entity, domain, ...columns }, memoryOf(columns)));
		});
	}

	async open(entity: string, domain: Domain, rows: readonly BodyToOpen[]): Promise<Opened[]> {
		return inSlices(rows, same, sealedLength, async (slice) => {
			const columns = bodyColumns(slice);
			return openedBodies(await this.#line.call('open', { entity, domain, ...columns }, memoryOf(columns)));
		});
	}

	/** Seals bodies under the current generation; see the verb. */
	async reseal(
		entity: string,
		domain: Domain,
		rows: readonly RecordRow[],
		asOf?: Pick<ServedEntity, 'rosters' | 'grants'>
	): Promise<ResealedBody[]> {
		return inSlices(rows, same, sealedLength, async (slice) => {
			const columns = resealColumns(slice);
			const made = await this.#line.call('reseal', { entity, domain, asOf, ...columns }, memoryOf(columns));
			return resealedBodies(slice, made);
		});
	}

	/** The keys for what this device keeps; see the verb. */
	async takeLocal(input: Parameters<KeyVerbs['takeLocal']>[0], transfer?: Transferable[]): Promise<TakenLocalKeys> {
		const taken = await this.#line.call('takeLocal', input, transfer);
		this.#newestLocal = taken.newest;
		return taken;
	}

	async sealLocal(texts: readonly { name: string; text: string }[]): Promise<Bytes[]> {
		const write = ({ name, text }: { name: string; text: string }) => ({ name, text: writeText(markText(text)) });
		return inSlices(texts, write, textLength, (slice) =>
			this.#line.call(
				'sealLocal',
				slice,
				slice.map(({ text }) => text.buffer)
			)
		);
	}

	async openLocal(texts: readonly { name: string; sealed: Bytes }[]): Promise<(string | null)[]> {
		return inSlices(texts, same, sealedLength, async (slice) => {
			const opened = await this.#line.call('openLocal', slice, memoryOf(slice.map(({ sealed }) => sealed)));
			return opened.map((text) => text && unmarkText(readOnce(text)));
		});
	}

	drawFileKey(): Promise<string> {
		return this.#line.call('drawFileKey', null);
	}

	sealPart(part: NamedPart, bytes: Bytes): Promise<SealedPart> {
		return this.#line.call('sealPart', { ...part, bytes }, [bytes.buffer]);
	}

	openPart(part: NamedPart, size: number, bytes: Bytes): Promise<Bytes> {
		return this.#line.call('openPart', { ...part, size, bytes }, [bytes.buffer]);
	}

	drawShareKey(): Promise<ShareKey> {
		return this.#line.call('drawShareKey', null);
	}

	async openShare(share: NamedShare): Promise<string> {
		return readOnce(await this.#line.call('openShare', share, [share.sealed.buffer]));
	}

	isLocalNewest(sealed: Bytes): boolean {
		return localNumber(sealed) === this.#newestLocal;
	}
}

const same = <Row>(row: Row): Row => row;
const jsonLength = ({ json }: JsonToSeal): number => json.length;
const textLength = ({ text }: { text: Bytes }): number => text.length;
const sealedLength = ({ sealed }: { sealed?: string | Bytes }): number => sealed?.length ?? 0;

/** The text of bytes that nobody needs any more: they hold nothing afterwards. */
function readOnce(bytes: Bytes): string {
	try {
		return fromUtf8(bytes);
	} finally {
		bytes.fill(0);
	}
}
