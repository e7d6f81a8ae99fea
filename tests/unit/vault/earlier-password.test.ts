import { aChange, aRecord, freshDevice, readRows } from '../device/device.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import { openRecordStore } from '../../../src/lib/device/open-record-store.ts';
import type { RecordStore } from '../../../src/lib/device/record-store.ts';
import { KeptKeys } from '../../../src/lib/vault/encryption/kept-keys.ts';
import { ANA, HOME } from '../keys/unlocked.ts';
import { ENCRYPTION_PASSWORD as FIRST, KeyBackend, SIGN_IN } from './key-backend.ts';

const [NEXT, THIRD] = ['Copper-window 19 thistle marble', 'Lantern-harbour 63 walnut ribbon'];
const change = aChange(HOME, 'cough', { domain: 'health' });
const record = aRecord(change.id, 1, 'health', 'before');

beforeEach(freshDevice);

/**
 * A phone with a page, a change that waits and a draft under the first password, which is changed on a laptop; after a
 * new recovery code (`withNewCode`), which the phone does not see. `code` is the one of then.
 */
async function changedElsewhere({ keptHere = false, withNewCode = false } = {}) {
	const backend = new KeyBackend();
	const laptop = backend.device();
	const first = await laptop.encryption.turnOn(FIRST);
	const store = await openRecordStore(ANA);
	const phone = backend.device(store);
	await phone.encryption.check();
	await phone.encryption.unlock(FIRST);
	if (keptHere) await phone.encryption.keepHere(true);
	await store.commit({ entity: HOME, records: [record], place: { epoch: 'e', after: { health: '1' } }, put: [change] });
	await store.writeText('draft/a', 'typed', true);
	const { recoveryCode: code } = withNewCode ? await laptop.encryption.renewRecoveryCode(SIGN_IN) : first;
	await laptop.encryption.change(NEXT, SIGN_IN);
	return { backend, laptop, store, code };
}

/** The phone's page, loaded anew and unlocked. */
async function reopened(backend: KeyBackend, store: RecordStore, password: string) {
	const phone = backend.device(store);
	await phone.encryption.check();
	if (phone.encryption.state !== 'open') await phone.encryption.unlock(password);
	return phone;
}

const kept = (store: RecordStore) => new KeptKeys({ store: Promise.resolve(store) });

describe('what waits on a device when the password is changed on another', () => {
	test('is counted, and readable again with the password of then, also another day', async () => {
		const { backend, store } = await changedElsewhere();
		const { encryption } = await reopened(backend, store, NEXT);
		expect(encryption.away).toEqual({ changes: 1, drafts: 1 });
		expect(await store.waiting(), 'without it').toEqual([]);
		expect(await store.reports(HOME)).toMatchObject([{ what: 'sealed-away' }]);
		await expect(encryption.openEarlier({ password: 'wrong' })).rejects.toMatchObject({ code: 'crypto/cannot-open' });
		expect(encryption.away).toEqual({ changes: 1, drafts: 1 });

		const again = await reopened(backend, store, NEXT);
		await again.encryption.resume();
		expect(again.encryption.away).toEqual({ changes: 1, drafts: 1 });
		await again.encryption.openEarlier({ password: FIRST });
		expect([again.encryption.away, again.vault.sync.elsewhere], 'to be sent').toEqual([null, 1]);
		expect([await store.waiting(), await store.readText('draft/a')]).toEqual([[change], 'typed']);
		expect((await readRows(store, HOME)).rows).toEqual([record]);
		expect(await store.reports(HOME), 'what was told of it is over').toEqual([]);
	});

	test('stays so for the next page, without the earlier password, whose keys are kept no longer', async () => {
		const { backend, store } = await changedElsewhere();
		const { encryption } = await reopened(backend, store, NEXT);
		await encryption.openEarlier({ password: FIRST });
		await encryption.resume();
		expect(await kept(store).read('keys/local')).toHaveLength(1);
		expect(await kept(store).read('keys/earlier')).toBeNull();
		await reopened(backend, store, NEXT);
		expect([await store.waiting(), await store.readText('draft/a')]).toEqual([[change], 'typed']);
		expect((await readRows(store, HOME)).rows).toEqual([record]);
	});

	test('opens with the password of then also where it was changed once more', async () => {
		const { backend, laptop, store } = await changedElsewhere();
		const { encryption } = await reopened(backend, store, NEXT);
		await encryption.resume();
		await laptop.encryption.change(THIRD, SIGN_IN);
		const third = await reopened(backend, store, THIRD);
		expect(third.encryption.away).toEqual({ changes: 1, drafts: 1 });
		await third.encryption.openEarlier({ password: FIRST });
		expect(await store.waiting()).toEqual([change]);
	});

	test('opens by itself where the device kept the key of then', async () => {
		const { backend, store } = await changedElsewhere({ keptHere: true });
		const { encryption } = await reopened(backend, store, NEXT);
		expect(encryption.away).toBeNull();
		expect([await store.waiting(), await store.readText('draft/a')]).toEqual([[change], 'typed']);
		await encryption.lock();
		await (await reopened(backend, store, NEXT)).encryption.resume();
		expect(await kept(store).read('keys/local')).toHaveLength(1);
		expect(await store.waiting()).toEqual([change]);
	});

	test('opens with the recovery code of then, and not with the one of now or a mistyped one', async () => {
		const { backend, laptop, store, code } = await changedElsewhere();
		const { recoveryCode: ofNow } = await laptop.encryption.renewRecoveryCode(SIGN_IN);
		const { encryption } = await reopened(backend, store, NEXT);
		await expect(encryption.openEarlier({ recoveryCode: ofNow })).rejects.toMatchObject({ code: 'crypto/cannot-open' });
		const mistyped = `${code[0] === 'A' ? 'B' : 'A'}${code.slice(1)}`;
		await expect(encryption.openEarlier({ recoveryCode: mistyped })).rejects.toMatchObject({
			code: 'crypto/recovery-code'
		});
		expect(await store.waiting()).toEqual([]);
		await encryption.openEarlier({ recoveryCode: code });
		expect([encryption.away, await store.waiting(), await store.readText('draft/a')]).toEqual([
			null,
			[change],
			'typed'
		]);
	});

	test('opens with a recovery code that was made on another device before the change, where the server has it', async () => {
		const { backend, store, code } = await changedElsewhere({ withNewCode: true });
		const { encryption } = await reopened(backend, store, NEXT);
		backend.before = ({ path }) => (path.startsWith('/api/keys?') ? 'lost' : null);
		await expect(encryption.openEarlier({ recoveryCode: code })).rejects.toMatchObject({ code: 'crypto/cannot-open' });
		backend.before = () => null;
		await encryption.openEarlier({ recoveryCode: code });
		expect([encryption.away, await store.waiting()]).toEqual([null, [change]]);
	});

	test('opens with a password that was remembered after a reset', async () => {
		const { backend, laptop, store } = await changedElsewhere();
		await laptop.encryption.askReset();
		backend.makeDue();
		await laptop.encryption.finishReset(THIRD, SIGN_IN);
		const { encryption } = await reopened(backend, store, THIRD);
		expect(encryption.away).toEqual({ changes: 1, drafts: 1 });
		await encryption.openEarlier({ password: FIRST });
		expect(await store.waiting()).toEqual([change]);
	});
});

describe('the key under which a device keeps what waits', () => {
	test('is another after a change of the password here: who had the old one has nothing of what is kept later', async () => {
		const backend = new KeyBackend();
		const store = await openRecordStore(ANA);
		const { encryption, vault } = backend.device(store);
		await encryption.turnOn(FIRST);
		await store.commit({ entity: HOME, records: [record], put: [change] });
		const [local, account] = [await kept(store).read('keys/local'), await kept(store).read('keys/account')];
		await encryption.change(NEXT, SIGN_IN);
		expect(await store.waiting(), 'it goes on being readable').toEqual([change]);
		const [later = new Uint8Array()] = (await vault.keys?.sealLocal([{ name: 'draft/1', text: 'typed' }])) ?? [];

		const thief = new KeyBackend();
		if (!account) throw new Error('no keys');
		thief.server.keys.set(ANA, account.keys);
		thief.server.bundles.set(ANA, account.bundle);
		const copy = thief.device();
		await new KeptKeys(copy.vault).write('keys/local', local);
		await copy.encryption.check();
		await copy.encryption.unlock(FIRST);
		expect(await copy.vault.keys?.openLocal([{ name: 'draft/1', sealed: later.slice() }])).toEqual([null]);
		expect(await vault.keys?.openLocal([{ name: 'draft/1', sealed: later }])).toEqual(['typed']);
	});

	test('goes once nothing is under it, and not while another tab may still write under it', async () => {
		const backend = new KeyBackend();
		const store = await openRecordStore(ANA);
		const { encryption } = backend.device(store);
		await encryption.turnOn(FIRST);
		await store.commit({ entity: HOME, records: [record], put: [change] });
		await encryption.change(NEXT, SIGN_IN);
		await encryption.resume();
		expect(await kept(store).read('keys/local'), 'while the page is there that sealed under it').toHaveLength(2);
		const again = await reopened(backend, store, NEXT);
		again.vault.presence.isAlone = () => Promise.resolve(false);
		await again.encryption.resume();
		expect(await kept(store).read('keys/local')).toHaveLength(2);
		again.vault.presence.isAlone = () => Promise.resolve(true);
		await again.encryption.resume();
		expect(await kept(store).read('keys/local')).toHaveLength(1);
		await reopened(backend, store, NEXT);
		expect(await store.waiting()).toEqual([change]);
		expect((await readRows(store, HOME)).rows).toEqual([record]);
	});
});
