// attacks.md, rows 3, 13, 14, 22 and 38, against the keyring: each refused, and shown to succeed with the one check out.
import { describe, expect, test } from 'vitest';
import type { Record as RecordRow } from '../../../src/lib/api/record.ts';
import type { ServedEntity } from '../../../src/lib/keys/key-verbs.ts';
import { acceptChecks, acceptEntity } from '../../../src/lib/keys/accept-entity.ts';
import { bytesOf } from '../../../src/lib/keys/api-bytes.ts';
import { resealColumns, resealedBodies } from '../../../src/lib/keys/columns.ts';
import { nextPost } from '../../../src/lib/keys/entity-rosters.ts';
import { Keyring } from '../../../src/lib/keys/keyring.ts';
import { resealBodies } from '../../../src/lib/keys/reseal-bodies.ts';
import { unlockAccount } from '../../../src/lib/keys/unlock-account.ts';
import type { Unlocking } from '../../../src/lib/keys/unlock-account.ts';
import { openBy, resealBy, sealBy } from './by-ring.ts';
import { quickArgon2 } from './quick-argon2.ts';
import { ANA, HOME, jsonOf, PASSWORD, turnedOn, unlockedAgain } from './unlocked.ts';
import type { KeyServer } from './key-server.ts';

const at = { entity: HOME, domain: 'health' } as const;
const id = '00000000-0000-4000-8000-000000000001';

const unlocking = (server: KeyServer): Unlocking => ({ ...server.account(ANA), by: { password: bytesOf(PASSWORD) } });

describe('row 3: weaker parameters', () => {
	test.each([
		['lower memory', [32_768, 3, 1]],
		['fewer passes', [65_536, 2, 1]],
		['none', [0, 0, 0]],
		['negative ones', [-65_536, 3, 1]],
		['more than a device has', [4_194_304, 3, 1]],
		['no numbers', [Number.NaN, 3, 1]]
	] as [string, [number, number, number]][])('%s are refused before anything is derived', async (_, params) => {
		const { server } = await turnedOn();
		const input = unlocking(server);
		input.keys = structuredClone(input.keys);
		input.keys.slots.password.params = params;
		let derived = 0;
		const counting = (...asked: Parameters<typeof quickArgon2>) => (derived++, quickArgon2(...asked));
		await expect(unlockAccount(counting, input)).rejects.toMatchObject({ code: 'crypto/kdf-parameters' });
		expect(derived).toBe(0);
		await expect(unlockAccount(counting, unlocking(server))).resolves.toBeDefined();
	});

	test('what was good once is refused by a device that saw better; one that saw nothing takes it', async () => {
		const { server } = await turnedOn();
		const seen = { version: 1, bundle: 1, params: [131_072, 3, 1] as [number, number, number] };
		const known = unlockAccount(quickArgon2, { ...unlocking(server), seen });
		await expect(known).rejects.toMatchObject({ code: 'crypto/kdf-parameters' });
		await expect(unlockAccount(quickArgon2, unlocking(server))).resolves.toBeDefined();
	});
});

describe("row 14: yesterday's keys", () => {
	test('an earlier bundle, or earlier keys, are refused by a device that saw later ones; without its memory they open', async () => {
		const { server } = await turnedOn();
		const params: [number, number, number] = [65_536, 3, 1];
		for (const seen of [
			{ version: 1, bundle: 2, params },
			{ version: 2, bundle: 1, params }
		]) {
			const known = unlockAccount(quickArgon2, { ...unlocking(server), seen });
			await expect(known).rejects.toMatchObject({ code: 'crypto/rolled-back' });
		}
		const same = { version: 1, bundle: 1, params };
		await expect(unlockAccount(quickArgon2, { ...unlocking(server), seen: same })).resolves.toBeDefined();
		await expect(unlockAccount(quickArgon2, unlocking(server))).resolves.toBeDefined();
	});

	test('an earlier chain is refused by the bundle, and by a device that saw more than the bundle that is served', async () => {
		const { server, ring } = await turnedOn();
		const yesterday = structuredClone(server.served(HOME, ANA));
		server.post(await ring.nextRoster({ ...at, step: 'retire' }));
		const view = await ring.accept(server.served(HOME, ANA));
		await expect(ring.accept(yesterday)).rejects.toMatchObject({ code: 'crypto/rolled-back' });
		const account = await unlockAccount(quickArgon2, unlocking(server));
		const served: ServedEntity = { ...yesterday, seen: view?.mark };
		await expect(acceptEntity(account, served, undefined)).rejects.toMatchObject({ code: 'crypto/rolled-back' });
		const blind = { ...acceptChecks, checkSeen: () => undefined };
		expect((await acceptEntity(account, served, undefined, blind)).newest.roster.counter).toBe(1);
	});

	test('a chain that is denied altogether is an alarm where one was seen', async () => {
		const { server } = await turnedOn();
		const ring = await unlockedAgain(server);
		const denied = { ...server.served(HOME, ANA), rosters: [] };
		await expect(ring.accept(denied)).rejects.toMatchObject({ code: 'crypto/rolled-back' });
	});
});

describe('rows 12 and 37: what is given to be sealed anew', () => {
	test('is not signed where it has no user layer, once the domain is switched on; without the check it would be', async () => {
		const { server, ring } = await turnedOn();
		const forged = JSON.parse(jsonOf('forged')) as RecordRow['plain'];
		const row = { id, domain: 'health', rev: '7', seq: '1', author: null, state: 'live', updatedAt: '' } as const;
		const rows = [{ ...row, plain: forged }];
		expect(await resealBy(ring, rows)).toMatchObject([{ from: 0, to: 1, sealed: expect.any(String) as string }]);
		for (const step of ['retire', 'rotate'] as const) {
			server.post(await ring.nextRoster({ ...at, step }));
			await ring.accept(server.served(HOME, ANA));
		}
		expect(await resealBy(ring, rows)).toMatchObject([{ sealed: null }]);
		expect(await resealBy(ring, [{ ...row, domain: 'finances', plain: forged }])).toMatchObject([{ sealed: null }]);

		const account = await unlockAccount(quickArgon2, unlocking(server));
		const keys = await acceptEntity(account, server.served(HOME, ANA), undefined);
		const blind = { mayReseal: () => true };
		const made = await resealBodies(keys, 'health', resealColumns(rows), account.self, blind);
		const [signed] = resealedBodies(rows, made);
		const taken = { id, rev: '7', generation: 2, sealed: signed?.sealed ?? '' };
		expect(await openBy(ring, [taken])).toEqual([{ ok: true, json: jsonOf('forged'), author: ANA }]);
	});
});

/** A client that does not see that it was replaced. */
const unaware = { ...acceptChecks, checkReplaced: () => undefined };

describe('an identity that was replaced', () => {
	test('drafts no roster; without the check it would draft one that nobody accepts', async () => {
		const { server, ring } = await turnedOn();
		const old = await unlockedAgain(server);
		const account = await unlockAccount(quickArgon2, unlocking(server));
		const { put, ticket } = await ring.change({ password: bytesOf(`${PASSWORD} new`), entities: [HOME] });
		server.put(ANA, put);
		await ring.settle({ ticket, taken: true });
		await ring.accept(server.served(HOME, ANA));
		const replaced = { code: 'keys/changed-elsewhere' };
		await expect(old.accept(server.served(HOME, ANA)), 'a page of before is told').rejects.toMatchObject(replaced);
		const keys = await acceptEntity(account, server.served(HOME, ANA), undefined, unaware);
		await expect(nextPost(account.self, keys, 'health', 'retire')).rejects.toMatchObject(replaced);
		const { post } = await nextPost(account.self, keys, 'health', 'retire', { checkOwnRow: () => undefined });
		server.post(post);
		await expect(ring.accept(server.served(HOME, ANA))).rejects.toMatchObject({ code: 'crypto/signature' });
	});
});

describe('row 38: an old password and an old dump', () => {
	test('open nothing that is written, sealed anew or granted after a change', async () => {
		const { server, ring } = await turnedOn();
		const [before] = await sealBy(ring, [{ id, rev: '1', json: jsonOf('before') }]);
		const dump = structuredClone(unlocking(server));
		const { put, ticket } = await ring.change({ password: bytesOf(`${PASSWORD} new`), entities: [HOME] });
		server.put(ANA, put);
		await ring.settle({ ticket, taken: true });
		await ring.accept(server.served(HOME, ANA));
		const row = { id, domain: 'health', rev: '1', seq: '1', author: ANA, state: 'live', updatedAt: '' } as const;
		const [anew] = await resealBy(ring, [{ ...row, ...before }]);
		const [after] = await sealBy(ring, [{ id, rev: '2', json: jsonOf('after') }]);
		const rows = [
			{ id, rev: '1', generation: 1, sealed: before?.sealed ?? '' },
			{ id, rev: '1', generation: 2, sealed: anew?.sealed ?? '' },
			{ id, rev: '2', generation: 2, sealed: after?.sealed ?? '' }
		];
		expect(await openBy(ring, rows)).toMatchObject([{ ok: true }, { ok: true }, { ok: true, author: ANA }]);

		const thief = new Keyring(quickArgon2);
		await expect(thief.unlock(unlocking(server))).rejects.toMatchObject({ code: 'crypto/cannot-open' });
		await thief.unlock(dump);
		const replaced = { code: 'keys/changed-elsewhere' };
		await expect(thief.accept(server.served(HOME, ANA))).rejects.toMatchObject(replaced);
		const opened = await unlockAccount(quickArgon2, structuredClone({ ...dump, by: { password: bytesOf(PASSWORD) } }));
		const keys = await acceptEntity(opened, server.served(HOME, ANA), undefined, unaware);
		expect([...keys.keysOf('health').keys()], 'nothing is granted to it').toEqual([]);

		// With the old rosters as well, they open what was granted to them then: until it was sealed anew.
		const then = new Keyring(quickArgon2);
		await then.unlock(structuredClone({ ...dump, by: { password: bytesOf(PASSWORD) } }));
		const old = server.served(HOME, ANA);
		await then.accept({ ...old, rosters: old.rosters.slice(0, 1) });
		expect(await openBy(then, rows)).toMatchObject([{ ok: true }, { why: 'retired' }, { why: 'retired' }]);
	});
});
