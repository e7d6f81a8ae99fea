import { acceptRosters, checkSeen } from '../crypto/accept-rosters.ts';
import type { RosterMark } from '../crypto/accept-rosters.ts';
import { People } from '../crypto/people.ts';
import type { KnownPerson } from '../crypto/people.ts';
import type { Account } from './account.ts';
import { grantOf, personOf, signedRosterOf } from './api-bytes.ts';
import { memberOf } from '../crypto/roster.ts';
import { EntityKeys } from './entity-keys.ts';
import type { EntityView, ServedEntity } from './key-verbs.ts';
import { KeysError } from './keys-error.ts';
import type { OwnIdentity } from './own-identity.ts';

/** What a served chain is held against. Tests take single ones out, to show what each of them stops. */
export const acceptChecks = { acceptRosters, checkSeen, checkReplaced };
export type AcceptChecks = typeof acceptChecks;

/**
 * Verifies what was served of an entity: the whole chain, from the roster that the bundle keeps or from the person's own
 * first one, then the grants.
 * @throws CryptoError: each is an alarm. `crypto/rolled-back` for less than the bundle or this device saw before.
 * KeysError `keys/changed-elsewhere` where the person goes by a later identity.
 */
export async function acceptEntity(
	account: Account,
	served: ServedEntity,
	before: EntityKeys | undefined,
	checks = acceptChecks
): Promise<EntityKeys> {
	const { entity } = served;
	const people = await knownPeople(account, served);
	const mark = account.facts.rosters.get(entity);
	const rosters = await checks.acceptRosters(served.rosters.map(signedRosterOf), { entity, mark, people });
	const keys = new EntityKeys(entity, rosters, people);
	if (served.seen) checks.checkSeen(served.seen, keys.newest);
	checks.checkReplaced(keys, account.self);
	await keys.take(account.self, served.grants.map(grantOf), before);
	account.mark(entity, markOf(keys));
	return keys;
}

/** Whom this client knows: what was served of them, and which identity it compared or is its own. */
export async function knownPeople(account: Account, { people }: Pick<ServedEntity, 'people'>): Promise<People> {
	const { user, identity, hash } = account.self;
	const known = new Map<string, KnownPerson>(people.map((person) => [person.id, personOf(person)]));
	const own = known.get(user);
	known.set(user, { ...own, identities: [...(own?.identities ?? []), identity], confirmed: hash });
	for (const [id, pin] of account.facts.pins) {
		const person = known.get(id);
		if (person && pin.verified && id !== user) known.set(id, { ...person, confirmed: pin.identity });
	}
	return People.of(known);
}

export function markOf({ newest: { roster, hash } }: EntityKeys): RosterMark {
	return { epoch: roster.epoch, counter: roster.counter, hash };
}

/** Who was replaced by a later identity signs and opens nothing here any more. */
function checkReplaced(keys: EntityKeys, self: OwnIdentity): void {
	if (passedOn(keys, self) === 'to') throw new KeysError('keys/changed-elsewhere');
}

/** Whether the person's row has another identity than this one: one that this passed on `to`, or that it came `from`. */
function passedOn({ newest, people }: EntityKeys, { user, hash }: OwnIdentity): 'to' | 'from' | null {
	const identity = memberOf(newest.roster, user)?.identity ?? hash;
	if (identity === hash) return null;
	if (people.followers(user, hash).has(identity)) return 'to';
	return people.followers(user, identity).has(hash) ? 'from' : null;
}

/** What screens and the layers below them may know of an accepted entity. */
export function viewOf(keys: EntityKeys, served: ServedEntity, self: OwnIdentity): EntityView {
	const { roster } = keys.newest;
	const layers = keys.domains.map((domain) => {
		const { oldest, current } = roster.domains[domain] ?? { oldest: 0, current: 0 };
		return { domain, oldest, current, since: beginning(keys, served, domain, current) };
	});
	const isBehind = passedOn(keys, self) === 'from';
	return { entity: keys.entity, mark: markOf(keys), members: roster.members, isBehind, layers };
}

/** When the roster was posted that began a generation: what the server says, which is for reading only. */
function beginning(
	keys: EntityKeys,
	{ rosters }: ServedEntity,
	domain: EntityView['layers'][number]['domain'],
	current: number
): string {
	const first = keys.rosters.find(({ roster }) => roster.domains[domain]?.current === current)?.roster;
	return rosters.find(({ epoch, counter }) => epoch === first?.epoch && counter === String(first.counter))?.at ?? '';
}
