import { CryptoError } from './crypto-error.ts';
import { labels } from './labels.ts';
import { toUtf8 } from './utf8.ts';
import { writeUuid } from './uuid.ts';

const purposes = ['record', 'file', 'entity', 'bundle', 'two-factor', 'credential', 'cache'] as const;

/** What a sealed body is for. */
export type Purpose = (typeof purposes)[number];

/** Where a sealed body belongs. It is authenticated with the body, which therefore opens nowhere else. */
export interface Place {
	purpose: Purpose;
	/** A UUID in lower case. */
	entity: string;
	/** Any text without a zero character; empty where the purpose knows no domain. */
	domain: string;
	/** A UUID in lower case: the record, the content of a file, the entity itself, ... */
	object: string;
	/** From 0 to 2^64 - 1. Revisions start at 1; a file's part number starts at 0. */
	revision: bigint;
}

const maximum = 2n ** 64n - 1n;

/**
 * `"arca/1" 0 purpose 0 entity(16) domain 0`, after `lead` bytes that are left to the caller, with room for what
 * follows. A page of records shares it, so the last one made is kept.
 */
class Front {
	readonly #purpose: string;
	readonly #entity: string;
	readonly #domain: string;
	readonly #lead: number;
	readonly objectAt: number;
	readonly bytes: Uint8Array<ArrayBuffer>;
	readonly numbers: DataView;

	constructor(lead: number, { purpose, entity, domain }: Place) {
		if (!purposes.includes(purpose) || domain.includes('\0')) throw new CryptoError('crypto/input');
		const beginning = toUtf8(`${labels.envelope}\0${purpose}\0`);
		const ending = toUtf8(`${domain}\0`);
		const entityAt = lead + beginning.length;
		this.objectAt = entityAt + 16 + ending.length;
		this.bytes = new Uint8Array(this.objectAt + 16 + 8);
		this.numbers = new DataView(this.bytes.buffer);
		this.bytes.set(beginning, lead);
		writeUuid(entity, this.bytes, entityAt);
		this.bytes.set(ending, entityAt + 16);
		this.#purpose = purpose;
		this.#entity = entity;
		this.#domain = domain;
		this.#lead = lead;
	}

	isOf(lead: number, { purpose, entity, domain }: Place): boolean {
		return this.#lead === lead && this.#entity === entity && this.#domain === domain && this.#purpose === purpose;
	}
}

let front: Front | undefined;

/**
 * A place as bytes, after `lead` bytes that are left to the caller:
 * `"arca/1" 0 purpose 0 entity(16) domain 0 object(16) revision u64`. They are lent: the next call writes over them.
 * @throws CryptoError `crypto/input` on an unknown purpose, an id that is not a lower-case UUID, a domain that holds a
 * zero character (the zero byte after it would end it early) or a revision that is not a u64.
 */
export function borrowPlaceBytes(lead: number, place: Place): Uint8Array<ArrayBuffer> {
	const { object, revision } = place;
	if (typeof revision !== 'bigint' || revision < 0n || revision > maximum) throw new CryptoError('crypto/input');
	if (!front?.isOf(lead, place)) front = new Front(lead, place);
	writeUuid(object, front.bytes, front.objectAt);
	front.numbers.setBigUint64(front.objectAt + 16, revision);
	return front.bytes;
}
