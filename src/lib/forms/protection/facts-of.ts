import { m } from '$messages';
import type { Domain } from '../../access/domains.ts';
import type { Role } from '../../access/roles.ts';
import { formatDate } from '../../kinds/index.ts';
import type { OpenRecord } from '../../vault/open-record.ts';
import { unreadWords } from './unread-words.ts';

/** What the panel tells of a record. */
export interface ProtectionFact {
	readonly name: () => string;
	readonly words: () => string;
	/** Somebody should look at it. */
	readonly attention?: boolean;
}

/** The part of the vault that says something of keys and people. */
interface Keys {
	readonly owner: string | null;
	readonly encryption: {
		domainLayer(entity: string, domain: Domain): { since: Date | null; current: number } | null;
		members(entity: string): readonly { id: string; role: Role; domains: readonly Domain[] }[] | null;
	};
}

/** Key and generation, since when, who signed it, who can read it. */
export function factsOf(record: OpenRecord, keys: Keys, entity: string, locale: string): ProtectionFact[] {
	const facts = [...unread(record), keyOf(record, keys, entity, locale), author(record, keys)];
	return [...facts, ...columns(record), readers(record, keys, entity)];
}

function unread({ unread, damaged }: OpenRecord): ProtectionFact[] {
	if (unread === undefined) return [];
	const words = (): string =>
		damaged ? unreadWords[unread]() : `${unreadWords[unread]()} ${m.protection_kept_before()}`;
	return [{ name: m.protection_why, words, attention: true }];
}

function keyOf(record: OpenRecord, { encryption }: Keys, entity: string, locale: string): ProtectionFact {
	const name = m.protection_key;
	const layer = encryption.domainLayer(entity, record.domain);
	const { userLayer } = record;
	if (!userLayer) return { name, words: layer && record.waiting ? m.protection_key_waiting : m.protection_key_system };
	const { generation } = userLayer;
	if (layer && generation < layer.current)
		return { name, words: () => m.protection_key_older({ generation, current: layer.current }) };
	const since = layer?.since && generation === layer.current ? layer.since.toISOString().slice(0, 10) : null;
	if (since === null) return { name, words: () => m.protection_key_generation({ generation }) };
	return { name, words: () => m.protection_key_since({ generation, date: formatDate(since, locale) }) };
}

function author({ userLayer, author, waiting }: OpenRecord, { owner }: Keys): ProtectionFact {
	const name = m.protection_written_by;
	if (userLayer) {
		const mine = userLayer.author === owner;
		return { name, words: mine ? m.protection_signed_by_you : m.protection_signed_by_other };
	}
	if (waiting) return { name, words: m.protection_here };
	return { name, words: author === owner ? m.protection_noted_you : m.protection_noted_other };
}

/** The database says another author than the signature does: the signature is what holds. */
function columns({ userLayer, author, waiting }: OpenRecord): ProtectionFact[] {
	if (!userLayer || waiting || author === null || author === userLayer.author) return [];
	return [{ name: m.protection_differs, words: m.protection_differs_text, attention: true }];
}

function readers(record: OpenRecord, { owner, encryption }: Keys, entity: string): ProtectionFact {
	const name = m.protection_readers;
	if (!record.userLayer) return { name, words: m.protection_readers_system };
	const people = (encryption.members(entity) ?? []).filter(({ domains }) => domains.includes(record.domain));
	const others = people.filter(({ id }) => id !== owner).length;
	return {
		name,
		words: () => (others === 0 ? m.protection_readers_you() : m.protection_readers_others({ count: others }))
	};
}
