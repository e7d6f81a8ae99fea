import { randomUUID } from 'node:crypto';
import type { Bytes } from '../../../src/lib/crypto/bytes.ts';
import { bodyKey, drawDomainKey } from '../../../src/lib/crypto/domain-key.ts';
import { authorsOf, recordChecks } from '../../../src/lib/crypto/open-records.ts';
import type { OpeningDomain, RecordToOpen, Unopened } from '../../../src/lib/crypto/open-records.ts';
import { rotate } from '../../../src/lib/crypto/roster-changes.ts';
import type { AcceptedRoster } from '../../../src/lib/crypto/signed-roster.ts';
import { sealTexts, showRecords } from './record-bodies.ts';
import { anyHash, entity, makeChain, makeSignatory, peopleWith, rowOf } from './roster-play.ts';

// An entity whose health has two generations of keys, its owner, a member, a viewer, and one who was removed.
export const owner = await makeSignatory();
export const member = await makeSignatory();
export const viewer = await makeSignatory();
/** A member of the second roster, and of no later one. */
export const former = await makeSignatory();
export const people = await peopleWith([owner, member, viewer, former]);
const rows = [rowOf(member, 'member', 'health'), rowOf(viewer, 'viewer', 'health')];
export const { accepted } = await makeChain(
	owner,
	(next) => ({ ...next, members: [...next.members, ...rows, rowOf(former, 'member', 'health')] }),
	(next) => rotate({ ...next, members: next.members.filter(({ id }) => id !== former.id) }, 'health', anyHash())
);
export const newest = accepted[2] as AcceptedRoster;

/** The keys of generations 1 and 2, as bytes. */
export const raw = [drawDomainKey(), drawDomainKey()] as const;
const keys = new Map<number, CryptoKey>([
	[1, await bodyKey(raw[0])],
	[2, await bodyKey(raw[1])]
]);
export const key = (generation: number): CryptoKey => keys.get(generation) as CryptoKey;
export const health = (generation = 2) => ({ entity, domain: 'health', generation, key: key(generation) });
export const reader: OpeningDomain = {
	...{ entity, domain: 'health', oldest: 1, current: 2, keys },
	authors: authorsOf(accepted, 'health', people)
};
export const record = { kind: 'note', version: 1, values: { text: 'Núñez 🥖' }, meta: { at: '2026-03-01T09:30:00Z' } };
export const json = JSON.stringify(record);
export const at = (revision = 1n) => ({ id: randomUUID(), revision });

/** A record that somebody sealed. */
export async function sealed(by = member, generation = 2, place = at()): Promise<RecordToOpen> {
	const [envelope] = await sealTexts(health(generation), by, [{ ...place, json }]);
	return { ...place, generation, envelope: envelope as Bytes };
}

/** What becomes of a body: whether it opened, or why not. */
export async function why(row: RecordToOpen, from = reader, checks = recordChecks): Promise<Unopened | 'opened'> {
	const [opened] = await showRecords(from, [row], checks);
	return opened?.ok ? 'opened' : (opened?.why ?? 'opened');
}
