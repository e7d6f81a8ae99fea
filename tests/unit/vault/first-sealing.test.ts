import { describe, expect, test } from 'vitest';
import { sealAnew } from '../../../src/lib/vault/encryption/seal-anew.ts';
import { EncryptionState } from '../../../src/lib/vault/encryption/encryption-state.svelte.ts';
import { turnOn } from '../../../src/lib/vault/encryption/turn-on.ts';
import { KeyClient } from '../../../src/lib/keys/key-client.ts';
import { DeskPort } from '../keys/desk-port.ts';
import { HOME } from '../keys/unlocked.ts';
import { uuid } from '../sync/changes.ts';
import { ENCRYPTION_PASSWORD as PASSWORD, KeyBackend, plainRow } from './key-backend.ts';

/**
 * Ana turned user encryption on, on a device that has three records of health as they were. The server then says
 * something else of the second one.
 */
async function forgedAtSwitchOn() {
	const backend = new KeyBackend();
	backend.rows = [1, 2, 3].map(plainRow);
	const { vault, store } = backend.device();
	await store.commit({ entity: HOME, records: [1, 2, 3].map(plainRow) });
	const state = new EncryptionState();
	const start = (onDeath: () => void) => Promise.resolve(new KeyClient(new DeskPort(), onDeath));
	await turnOn({ vault, state, start }, PASSWORD);
	backend.rows[1] = { ...plainRow(2), plain: plainRow(20).plain };
	const seal = (checks?: Parameters<typeof sealAnew>[3]) => sealAnew({ vault, state }, HOME, 'health', checks);
	const said = async (n: number): Promise<unknown> => {
		const { generation = 0, sealed = '' } = backend.rows[n - 1] ?? {};
		const [opened] = (await vault.keys?.open(HOME, 'health', [{ id: uuid(n), rev: '1', generation, sealed }])) ?? [];
		return opened?.ok ? opened.plain.values['what'] : opened?.why;
	};
	return { backend, state, seal, said };
}

describe('row 12: what the server gives to be signed for the first time', () => {
	test('is signed where it says what this device knows, and is an alarm where it does not', async () => {
		const { backend, state, seal, said } = await forgedAtSwitchOn();
		await seal();
		expect(backend.rows.map(({ generation }) => generation)).toEqual([1, undefined, 1]);
		expect(state.alarm).toMatchObject({ code: 'keys/other-body' });
		expect(state.layers.get(`${HOME} health`)).toMatchObject({ oldest: 0, current: 1 });
		backend.rows[1] = plainRow(2);
		await seal();
		expect(await said(2)).toBe('cough 2');
		expect(state.layers.get(`${HOME} health`)).toMatchObject({ oldest: 1, current: 1 });
	});

	test('would be signed whatever it says, were it not compared', async () => {
		const { state, seal, said } = await forgedAtSwitchOn();
		await seal({ saysWhatIsKept: () => true });
		expect(await said(2)).toBe('cough 20');
		expect(state.alarm).toBeNull();
	});

	test('is signed where this device knows another revision, or nothing: nobody else can say', async () => {
		const { backend, seal, said } = await forgedAtSwitchOn();
		backend.rows[1] = { ...plainRow(2), rev: '2', plain: plainRow(21).plain };
		backend.rows.push(plainRow(4));
		await seal();
		expect(backend.rows.every(({ generation }) => generation === 1)).toBe(true);
		expect(await said(4)).toBe('cough 4');
	});
});
