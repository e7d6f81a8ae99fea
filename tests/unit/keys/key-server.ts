import type { BundleText, IdentitiesAnswer, KeysAnswer, PutKeys } from '../../../src/lib/api/keys.ts';
import type { Grant, Roster, RosterPost } from '../../../src/lib/api/rosters.ts';
import type { ServedEntity } from '../../../src/lib/keys/key-verbs.ts';

const AT = '2026-01-01T00:00:00.000Z';

/** What a server keeps of people's keys, without any of the checks: a server that may be played as one pleases. */
export class KeyServer {
	readonly keys = new Map<string, KeysAnswer>();
	readonly bundles = new Map<string, BundleText>();
	readonly identities = new Map<string, IdentitiesAnswer>();
	readonly rosters = new Map<string, Roster[]>();
	readonly grants = new Map<string, Grant[]>();

	put(user: string, { version, slots, identity, succession, bundle, rosters }: PutKeys): void {
		this.keys.set(user, { version, slots, identity, at: AT, reset: null });
		this.bundles.set(user, bundle);
		const known = this.identities.get(user) ?? { identities: [], successions: [] };
		const isKnown = known.identities.some(({ sign }) => sign === identity.sign);
		this.identities.set(user, {
			identities: isKnown ? known.identities : [...known.identities, { ...identity, at: AT }],
			successions: succession === undefined ? known.successions : [...known.successions, succession]
		});
		for (const post of rosters) this.post(post);
	}

	post({ entity, grants, emergency: _emergency, ...roster }: RosterPost): void {
		this.rosters.set(entity, [...(this.rosters.get(entity) ?? []), { ...roster, at: AT }]);
		this.grants.set(entity, [...grants, ...(this.grants.get(entity) ?? [])]);
	}

	/** What a member gets of an entity. */
	served(entity: string, member: string): ServedEntity {
		return {
			entity,
			rosters: this.rosters.get(entity) ?? [],
			grants: (this.grants.get(entity) ?? []).filter((grant) => grant.member === member),
			people: [...this.identities].map(([id, answer]) => ({ id, ...answer }))
		};
	}

	/** What goes with an unlock. */
	account(user: string): { user: string; keys: KeysAnswer; bundle: BundleText } {
		const [keys, bundle] = [this.keys.get(user), this.bundles.get(user)];
		if (!keys || !bundle) throw new Error('no keys');
		return { user, keys, bundle };
	}
}
