import { DOMAINS } from '../access/domains.ts';
import type { Domain } from '../access/domains.ts';
import type { Bytes } from '../crypto/bytes.ts';
import { CryptoError } from '../crypto/crypto-error.ts';
import { bodyKey } from '../crypto/domain-key.ts';
import { openGrant } from '../crypto/grant.ts';
import type { Grant } from '../crypto/grant.ts';
import { authorsOf } from '../crypto/open-records.ts';
import type { Authors, OpeningDomain } from '../crypto/open-records.ts';
import type { People } from '../crypto/people.ts';
import { memberOf } from '../crypto/roster.ts';
import type { Roster, RosterDomain } from '../crypto/roster.ts';
import type { AcceptedRoster } from '../crypto/signed-roster.ts';
import { HeldBytes } from './held-bytes.ts';
import { KeysError } from './keys-error.ts';
import type { OwnIdentity } from './own-identity.ts';

/** A domain key of one generation: what seals and opens bodies, and the raw key for those it is granted to next. */
interface DomainKey {
	readonly use: CryptoKey;
	readonly raw: HeldBytes;
}

/** What the person holds of one entity: its accepted rosters, and the domain keys that were granted by them. */
export class EntityKeys {
	readonly entity: string;
	readonly rosters: readonly AcceptedRoster[];
	readonly people: People;
	/** By `domain hash`: a key is known by the hash that the roster names it by. */
	readonly #keys = new Map<string, DomainKey>();
	readonly #authors = new Map<Domain, Authors>();

	constructor(entity: string, rosters: readonly AcceptedRoster[], people: People) {
		[this.entity, this.rosters, this.people] = [entity, rosters, people];
	}

	/** The newest accepted roster. */
	get newest(): AcceptedRoster {
		const newest = this.rosters.at(-1);
		if (!newest) throw new CryptoError('crypto/roster');
		return newest;
	}

	/** The generations of a domain; undefined where it has no user layer. */
	domain(domain: Domain): RosterDomain | undefined {
		return this.newest.roster.domains[domain];
	}

	/**
	 * Takes every key that the newest roster names and that was granted to this person: from `before` where it is known
	 * already, else from the first of the served grants that opens.
	 */
	async take(self: OwnIdentity, grants: readonly Grant[], before?: EntityKeys): Promise<this> {
		const { roster } = this.newest;
		const row = memberOf(roster, self.user);
		if (row?.identity !== self.hash) return this;
		const known = before ? before.#keys : undefined;
		for (const domain of row.domains) {
			for (const [generation, hash] of Object.entries(roster.domains[domain]?.keys ?? {})) {
				const name = `${domain} ${hash}`;
				const key = known?.get(name) ?? (await this.#openFirst(self, roster, grants, domain, Number(generation)));
				if (key) this.#keys.set(name, key);
			}
		}
		return this;
	}

	/** The keys in use of a domain that are at hand, by generation. */
	keysOf(domain: Domain): Map<number, CryptoKey> {
		return new Map([...this.#keysOf(domain)].map(([generation, { use }]) => [generation, use]));
	}

	/** The raw keys of a domain that are at hand, by generation: to grant them anew. */
	heldOf(domain: Domain): Map<number, HeldBytes> {
		return new Map([...this.#keysOf(domain)].map(([generation, { raw }]) => [generation, raw]));
	}

	/** The key that new bodies are sealed with. Throws CryptoError `crypto/no-key` where it was not granted. */
	currentKey(domain: Domain): { generation: number; key: CryptoKey } {
		const generation = this.domain(domain)?.current ?? 0;
		const key = this.keysOf(domain).get(generation);
		if (!key) throw new CryptoError('crypto/no-key');
		return { generation, key };
	}

	/** Who may have signed bodies of a domain. */
	authors(domain: Domain): Authors {
		let authors = this.#authors.get(domain);
		if (!authors) this.#authors.set(domain, (authors = authorsOf(this.rosters, domain, this.people)));
		return authors;
	}

	/** What a reader of a domain goes by. Throws KeysError `keys/no-layer` where it has no user layer. */
	reading(domain: Domain): OpeningDomain {
		const layer = this.domain(domain);
		if (!layer) throw new KeysError('keys/no-layer');
		return { entity: this.entity, domain, ...layer, keys: this.keysOf(domain), authors: this.authors(domain) };
	}

	/** The domains that have a user layer. */
	get domains(): Domain[] {
		return DOMAINS.filter((domain) => this.domain(domain));
	}

	*#keysOf(domain: Domain): Iterable<[number, DomainKey]> {
		for (const [generation, hash] of Object.entries(this.domain(domain)?.keys ?? {})) {
			const key = this.#keys.get(`${domain} ${hash}`);
			if (key) yield [Number(generation), key];
		}
	}

	async #openFirst(
		self: OwnIdentity,
		roster: Roster,
		grants: readonly Grant[],
		domain: Domain,
		generation: number
	): Promise<DomainKey | undefined> {
		for (const grant of grants) {
			if (grant.domain !== domain || grant.generation !== generation) continue;
			const grantor = this.people.identity(grant.grantor, memberOf(roster, grant.grantor)?.identity ?? '');
			if (!grantor) continue;
			const key = await self
				.use((seeds) => openGrant(roster, grant, grantor, { id: self.user, identity: self.identity, private: seeds }))
				.catch(noneOpens);
			if (key) return hold(key);
		}
		return undefined;
	}
}

async function hold(key: Bytes): Promise<DomainKey> {
	const use = await bodyKey(key);
	return { use, raw: await HeldBytes.hold(key) };
}

/** A grant that does not open is one that nobody made: the next may. */
function noneOpens(error: unknown): undefined {
	if (!(error instanceof CryptoError)) throw error;
}
