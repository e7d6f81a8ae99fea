import { describe, expect, test } from 'vitest';
import type { Domain } from '../../../src/lib/access/domains.ts';
import { readRoster } from '../../../src/lib/crypto/read-roster.ts';
import { rosterHash } from '../../../src/lib/crypto/signed-roster.ts';
import { signedRosterOf } from '../../../src/lib/keys/api-bytes.ts';
import { layersAfterReset, lostRoster } from '../../../src/lib/keys/lost-roster.ts';
import { ANA, HOME } from '../keys/unlocked.ts';
import { ENCRYPTION_PASSWORD as PASSWORD, KeyBackend, SIGN_IN } from './key-backend.ts';

const NEXT = 'Copper-window 19 thistle marble';
const LAYERED: readonly Domain[] = ['health', 'finances'];

/** Ana has health and finances under her own key, lost the password, and waited: on the device that she used before. */
async function lostPassword() {
	const backend = new KeyBackend();
	const before = backend.device();
	await before.encryption.turnOn(PASSWORD);
	await before.encryption.switchOn(HOME, 'finances');
	const known = backend.device(before.store);
	await known.encryption.check();
	await known.encryption.askReset();
	backend.makeDue();
	backend.sent.length = 0;
	return { backend, known };
}

/** Plays a server that gives so many rosters of the chain. */
function giveOnly(backend: KeyBackend, count: number): void {
	const chain = backend.server.rosters.get(HOME) ?? [];
	backend.server.rosters.set(HOME, chain.slice(0, count));
}

const putKeys = ({ sent }: KeyBackend) => sent.filter(({ method, path }) => `${method} ${path}` === 'PUT /api/keys');

describe('a reset at a server that says a part had no key', () => {
	test.each([
		['gives the chain from before it had one', 1],
		['gives no chain', 0]
	])('and %s: is refused where this device knows better', async (_, count) => {
		const { backend, known } = await lostPassword();
		const chain = backend.server.rosters.get(HOME) ?? [];
		giveOnly(backend, count);
		const refused = { code: 'crypto/rolled-back' };
		await expect(known.encryption.planReset()).rejects.toMatchObject(refused);
		const shown = [{ entity: HOME, name: 'Ana', domains: ['health' as const], isKnown: true }];
		await expect(known.encryption.finishReset(NEXT, SIGN_IN, shown)).rejects.toMatchObject(refused);
		expect(putKeys(backend)).toEqual([]);
		backend.server.rosters.set(HOME, chain);
		await known.encryption.finishReset(NEXT, SIGN_IN);
		for (const domain of LAYERED)
			expect(known.encryption.domainLayer(HOME, domain)).toMatchObject({ oldest: 0, current: 2 });
	});

	test('would take the key from it, were the chain not held against what this device saw', async () => {
		const { backend } = await lostPassword();
		const [first, last] = (backend.server.rosters.get(HOME) ?? []).map(signedRosterOf);
		if (!first || !last) throw new Error('the chain is too short');
		giveOnly(backend, 1);
		const seen = { epoch: 1, counter: 2, hash: await rosterHash(last.bytes) };
		const served = { ...backend.server.served(HOME, ANA), seen };
		await expect(lostRoster(ANA, served)).rejects.toMatchObject({ code: 'crypto/rolled-back' });
		const blind = { acceptRosters: () => Promise.resolve([{ roster: readRoster(first.bytes), hash: '' }]) };
		expect(layersAfterReset(await lostRoster(ANA, served, blind))).toEqual(['health']);
	});

	test('is done on a device that knows nothing once the person confirmed what it shows, and nothing else', async () => {
		const { backend } = await lostPassword();
		const honest = backend.server.rosters.get(HOME) ?? [];
		giveOnly(backend, 1);
		const { encryption } = backend.device();
		await encryption.check();
		const shown = await encryption.planReset();
		expect(shown).toEqual([{ entity: HOME, name: 'Ana', domains: ['health'], isKnown: false }]);
		await expect(encryption.finishReset(NEXT, SIGN_IN)).rejects.toMatchObject({ code: 'keys/layers' });
		backend.server.rosters.set(HOME, honest);
		const right = await encryption.planReset();
		expect(right).toMatchObject([{ domains: LAYERED }]);
		giveOnly(backend, 1);
		await expect(encryption.finishReset(NEXT, SIGN_IN, right)).rejects.toMatchObject({ code: 'keys/layers' });
		expect(putKeys(backend)).toEqual([]);
		backend.server.rosters.set(HOME, honest);
		await encryption.finishReset(NEXT, SIGN_IN, right);
		expect(encryption.domainLayer(HOME, 'finances')).toMatchObject({ oldest: 0, current: 2 });
	});
});

test('a chain that another device began anew meanwhile is gone on from, with the layers it has', async () => {
	const { backend, known } = await lostPassword();
	const other = backend.device();
	await other.encryption.check();
	await other.encryption.finishReset(NEXT, SIGN_IN, await other.encryption.planReset());
	expect(backend.server.rosters.get(HOME)?.at(-1)).toMatchObject({ epoch: 2, counter: '1' });
	expect(await known.encryption.planReset()).toMatchObject([{ domains: LAYERED, isKnown: true }]);
});
