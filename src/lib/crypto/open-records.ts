import type { Domain } from '../access/domains.ts';
import type { Bytes } from './bytes.ts';
import { CryptoError } from './crypto-error.ts';
import { eachOf } from './each-of.ts';
import type { People } from './people.ts';
import { writersOf } from './roster-rights.ts';
import { openBody } from './seal-records.ts';
import type { AcceptedRoster } from './signed-roster.ts';
import { readSignedPlain, verifyAuthor } from './signed-plain.ts';
import type { RecordPlace, SignedPlain } from './signed-plain.ts';

/** What a reader of a domain goes by: the accepted roster's generations, the keys at hand, and who may write. */
export interface OpeningDomain {
	entity: string;
	domain: Domain;
	/** Bodies of a lower generation are refused. */
	oldest: number;
	/** Bodies of a higher generation are refused. */
	current: number;
	/** The domain keys in use (`bodyKey`) by their generations. */
	keys: ReadonlyMap<number, CryptoKey>;
	authors: Authors;
}

/** The keys that may have signed, by the author's id: all identities under which they may write, or once might. */
export type Authors = ReadonlyMap<string, readonly Bytes[]>;

/** A body as the server gave it. */
export interface RecordToOpen {
	id: string;
	revision: bigint;
	generation: number;
	envelope: Bytes;
}

/**
 * Why a body is not shown. `cannot-open`: altered, moved, or sealed with another key. `no-key`: no key of its generation
 * is at hand. `author`: the signature does not hold, or who signed never had the right. `retired`: a generation that the
 * accepted roster does not have, or has no longer.
 */
export type Unopened = 'cannot-open' | 'no-key' | 'author' | 'retired';

/** `content` is the JSON in UTF-8, as its author wrote it: nobody has looked yet whether it is a record (`readRecord`). */
export type OpenedRecord = { ok: true; content: Bytes; author: string } | { ok: false; why: Unopened };

/** What a body is held against. Tests take single ones out, to show what each of them stops. */
export const recordChecks = { inUse, wroteIt };
export type RecordChecks = typeof recordChecks;

/** The authors of a domain by the accepted rosters of its chain, as far as their identities were served. */
export function authorsOf(rosters: Iterable<AcceptedRoster>, domain: Domain, people: People): Authors {
	const authors = new Map<string, Bytes[]>();
	for (const [id, hashes] of writersOf(rosters, domain)) {
		const identities = [...hashes].map((hash) => people.identity(id, hash));
		authors.set(
			id,
			identities.flatMap((identity) => (identity ? [identity.sign] : []))
		);
	}
	return authors;
}

/**
 * Opens bodies, in order, each by itself: a bad one stops no other, and none is thrown. All ciphers first, then all
 * signatures: an asynchronous function for each body takes as long again as what it waits for.
 */
export async function openRecords(
	from: OpeningDomain,
	records: readonly RecordToOpen[],
	checks: RecordChecks = recordChecks
): Promise<OpenedRecord[]> {
	const opened = await Promise.allSettled(records.map((body) => plainOf(from, body, checks)));
	const plains = opened.map(readPlain);
	const areTheirs = await eachOf(plains, (plain, at) => {
		const body = records[at];
		return typeof plain !== 'string' && body !== undefined && checks.wroteIt(from.authors, placeOf(from, body), plain);
	});
	return plains.map((plain, at): OpenedRecord => {
		if (typeof plain === 'string') return { ok: false, why: plain };
		return areTheirs[at] ? { ok: true, content: plain.content, author: plain.author } : { ok: false, why: 'author' };
	});
}

/** What a body's key opens; or why it is not tried. */
function plainOf(from: OpeningDomain, body: RecordToOpen, checks: RecordChecks): Promise<Bytes | Unopened> {
	const { generation, envelope } = body;
	if (!checks.inUse(from, generation)) return Promise.resolve('retired');
	const key = from.keys.get(generation);
	if (!key) return Promise.resolve('no-key');
	return openBody({ generation, key }, placeOf(from, body), envelope);
}

function placeOf({ entity, domain }: OpeningDomain, { id, revision }: RecordToOpen): RecordPlace {
	return { entity, domain, id, revision };
}

function readPlain(opened: PromiseSettledResult<Bytes | Unopened>): SignedPlain | Unopened {
	try {
		if (opened.status === 'rejected') throw opened.reason;
		return typeof opened.value === 'string' ? opened.value : readSignedPlain(opened.value);
	} catch (error) {
		if (error instanceof CryptoError) return 'cannot-open';
		throw error;
	}
}

/** Whether the accepted roster lets bodies of a generation be read. */
function inUse({ oldest, current }: OpeningDomain, generation: number): boolean {
	return generation >= oldest && generation <= current;
}

/** Whether one of the keys of the author that it names signed it in this place. */
async function wroteIt(authors: Authors, place: RecordPlace, plain: SignedPlain): Promise<boolean> {
	for (const publicKey of authors.get(plain.author) ?? []) {
		try {
			await verifyAuthor(place, plain, publicKey);
			return true;
		} catch {
			// Another key of theirs may hold.
		}
	}
	return false;
}
