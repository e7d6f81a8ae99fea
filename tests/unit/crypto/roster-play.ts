import { randomUUID } from 'node:crypto';
import { DOMAINS } from '../../../src/lib/access/domains.ts';
import type { Domain } from '../../../src/lib/access/domains.ts';
import type { Role } from '../../../src/lib/access/roles.ts';
import { joinBytes, randomBytes } from '../../../src/lib/crypto/bytes.ts';
import type { Bytes } from '../../../src/lib/crypto/bytes.ts';
import { drawSignSeed, makeSigner } from '../../../src/lib/crypto/ed25519.ts';
import type { Signer } from '../../../src/lib/crypto/ed25519.ts';
import { identityBytes, identityHash } from '../../../src/lib/crypto/identity.ts';
import type { PublicIdentity } from '../../../src/lib/crypto/identity.ts';
import { labels } from '../../../src/lib/crypto/labels.ts';
import { People } from '../../../src/lib/crypto/people.ts';
import type { KnownPerson } from '../../../src/lib/crypto/people.ts';
import { followRoster, foundRoster } from '../../../src/lib/crypto/roster-changes.ts';
import type { Roster } from '../../../src/lib/crypto/roster.ts';
import { rosterHash, signRoster } from '../../../src/lib/crypto/signed-roster.ts';
import type { AcceptedRoster, SignedRoster } from '../../../src/lib/crypto/signed-roster.ts';
import { uuidBytes } from '../../../src/lib/crypto/uuid.ts';
import { writeRoster } from '../../../src/lib/crypto/write-roster.ts';

export const entity = randomUUID();

/** Somebody who can sign. The KEM key is only bytes to be hashed: nothing is sealed to it here. */
export interface Signatory {
	id: string;
	identity: PublicIdentity;
	hash: string;
	signer: Signer;
}

export const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');

/** Something that has the shape of a hash. */
export const anyHash = (): string => base64url(randomBytes(32));

export async function makeSignatory(id: string = randomUUID()): Promise<Signatory> {
	const signer = await makeSigner(drawSignSeed());
	const identity = { kem: randomBytes(1216), sign: signer.publicKey };
	return { id, identity, hash: base64url(await identityHash(identity)), signer };
}

export function rowOf({ id, hash }: Signatory, role: Role, ...domains: Domain[]) {
	return { id, identity: hash, role, domains: role === 'owner' ? DOMAINS : domains };
}

/** A statement that one identity passes on to another, signed by both, with the bytes spelled out. */
export async function succession(from: Signatory, to: Signatory): Promise<Bytes> {
	const time = new Uint8Array(8);
	const said = joinBytes(await identityHash(from.identity), identityBytes(to.identity), time);
	const signed = joinBytes(new TextEncoder().encode(`${labels.succession}\0`), uuidBytes(from.id), said);
	return joinBytes(said, await from.signer.sign(signed), await to.signer.sign(signed));
}

export async function sign(roster: Roster, by: Signatory): Promise<SignedRoster> {
	const bytes = writeRoster(roster);
	return { bytes, signature: await signRoster(bytes, by.signer), signer: by.id };
}

export async function accept(roster: Roster): Promise<AcceptedRoster> {
	return { roster, hash: await rosterHash(writeRoster(roster)) };
}

export async function peopleWith(
	actors: readonly Signatory[],
	more: Record<string, Partial<KnownPerson>> = {}
): Promise<People> {
	const ids = [...new Set(actors.map(({ id }) => id))];
	return People.of(
		ids.map((id) => {
			const identities = actors.filter((actor) => actor.id === id).map(({ identity }) => identity);
			return [id, { identities, ...more[id] }] as const;
		})
	);
}

/** Chains of an owner: the first roster, and what follows it by changes. */
export async function makeChain(
	owner: Signatory,
	...changes: ((next: Roster) => Roster)[]
): Promise<{ signed: SignedRoster[]; accepted: AcceptedRoster[] }> {
	const rosters = [await accept(foundRoster(entity, { id: owner.id, identity: owner.hash }, { health: anyHash() }))];
	for (const change of changes) {
		const last = rosters.at(-1);
		if (last) rosters.push(await accept(change(followRoster(last))));
	}
	return { signed: await Promise.all(rosters.map(({ roster }) => sign(roster, owner))), accepted: rosters };
}
