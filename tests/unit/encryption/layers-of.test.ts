import { expect, test } from 'vitest';
import type { SeenLayers } from '../../../src/lib/vault/look-at-layers.ts';
import { layersOf } from '../../../src/routes/(vault)/settings/security/layers/layers-of.ts';
import type { KnownLayers, LayerStanding } from '../../../src/routes/(vault)/settings/security/layers/layers-of.ts';

const seen: SeenLayers = { signIn: 'password', rows: 'refused', storage: 'refused', system: 'sealed', stored: null };

/** What a vault knows that has one entity with two domains, with these layers. */
function known(state: string, layers: Record<string, { oldest: number; current: number }> = {}): KnownLayers {
	const domainLayer = (_: string, domain: string) => layers[domain] ?? null;
	return {
		entities: [{ id: 'e', domains: ['health', 'finances'] }],
		sync: { lasting: true },
		encryption: { state, keptHere: false, domainLayer, members: () => [] }
	};
}
const standing = (of: SeenLayers | null, vault: KnownLayers): LayerStanding[] =>
	layersOf(of, vault).map(({ state }) => state);

test('before anything was looked at, nothing but the device is said to hold', () => {
	expect(standing(null, known('unknown'))).toEqual([...Array<string>(6).fill('unknown'), 'partly']);
});

test('what is seen is said: a session without a second step holds in part, the disk is never known', () => {
	expect(standing(seen, known('off'))).toEqual(['partly', 'holds', 'holds', 'unknown', 'holds', 'open', 'partly']);
	expect(standing({ ...seen, signIn: 'second-step' }, known('off'))[0]).toBe('holds');
});

test('a database, a store or a body that gives itself away is said to be broken', () => {
	const broken = standing({ ...seen, rows: 'given', storage: 'given', system: 'readable' }, known('off'));
	expect([broken[1], broken[2], broken[4]]).toEqual(['broken', 'broken', 'broken']);
});

test('the user layer holds in part until every domain is under one key of one’s own', () => {
	const user = (vault: KnownLayers) => standing(seen, vault)[5];
	const one = { oldest: 1, current: 1 };
	expect(user(known('open'))).toBe('open');
	expect(user(known('open', { health: one }))).toBe('partly');
	expect(user(known('open', { health: one, finances: one }))).toBe('holds');
	expect(user(known('open', { health: { oldest: 0, current: 1 }, finances: one }))).toBe('partly');
	expect(user(known('open', { health: { oldest: 1, current: 2 }, finances: one }))).toBe('partly');
	const unheard = known('open');
	unheard.encryption.members = () => null;
	expect(user(unheard), 'before the server was heard').toBe('unknown');
	expect(user(known('locked', { health: one })), 'nothing is known while it is locked').toBe('unknown');
});

test('a device that keeps the key for itself holds in part', () => {
	const open = known('open');
	expect(standing(seen, open)[6]).toBe('holds');
	expect(standing(seen, { ...open, encryption: { ...open.encryption, keptHere: true } })[6]).toBe('partly');
});
