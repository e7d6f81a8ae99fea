import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
	at,
	client,
	contentOf,
	deviceOf,
	fileOf,
	here,
	newStore,
	PART,
	random,
	stored,
	told,
	unlocked,
	withVault
} from './files-stage.ts';
import type { Ask, Device } from './files-stage.ts';

describe('an upload', () => {
	test('goes on at the first missing part after the network was cut, and leaves one file', async () => {
		const { ana, entity, device } = await withVault();
		let left = 3;
		const cut: Ask = async (input, init) => {
			const isPart = init?.method === 'PUT';
			if (isPart && left-- > 0) {
				// The server has it, and nobody hears of it; or it never got there.
				if (left % 2 === 0) await fetch(input, init);
				throw new TypeError('cut');
			}
			return fetch(input, init);
		};
		const weak = await unlocked(deviceOf(ana, await newStore(), cut), entity);
		const bytes = random(2 * PART + 1);
		const id = await weak.files.attach(fileOf(bytes), 'health');
		await told(weak, id);
		await at(device, entity);
		await here(device, id);
		expect((await contentOf(device, id)).equals(bytes)).toBe(true);
		expect(stored(entity, 'health').length).toBe(3);
	});

	test('goes on from what the device noted when the page was closed', async () => {
		const { ana, entity, device } = await withVault();
		const none: Ask = (input, init) =>
			init?.method === 'PUT' ? Promise.reject(new TypeError('cut')) : fetch(input, init);
		const store = await newStore();
		const closed = await unlocked(deviceOf(ana, store, none), entity);
		const bytes = random(1000);
		const id = await closed.files.attach(fileOf(bytes), 'health');
		await expect.poll(() => closed.files.view(id)?.problem, { timeout: 20_000 }).toBe('sync/unreachable');
		closed.files.stop();
		const again = await unlocked(deviceOf(ana, store), entity);
		await told(again, id);
		await at(device, entity);
		await here(device, id);
		expect((await contentOf(device, id)).equals(bytes)).toBe(true);
	});

	test('without a user layer has the system layer alone, and comes back as well', async () => {
		const { entity, device } = await withVault();
		const bytes = random(5000);
		const id = await device.files.attach(fileOf(bytes, 'receipt.pdf'), 'finances');
		await here(device, id);
		expect(device.vault.records.get(id)?.body.values).not.toHaveProperty('key');
		expect((await contentOf(device, id)).equals(bytes)).toBe(true);
		for (const path of stored(entity, 'finances'))
			expect(readFileSync(path).includes(Buffer.from(bytes.subarray(0, 16)))).toBe(false);
	});

	test('that is given up leaves nothing on the device', async () => {
		const { ana, entity } = await withVault();
		const none: Ask = (input, init) =>
			init?.method === 'PUT' ? Promise.reject(new TypeError('cut')) : fetch(input, init);
		const store = await newStore();
		const device = await unlocked(deviceOf(ana, store, none), entity);
		const id = await device.files.attach(fileOf(random(10)), 'health');
		await expect.poll(() => device.files.view(id)?.problem, { timeout: 20_000 }).toBe('sync/unreachable');
		await device.files.cancel(id);
		expect([device.files.view(id), await store.textNames('upload/'), await store.parts.get(id, 0)]).toEqual([
			null,
			[],
			null
		]);
	});
});

describe('another key of the domain', () => {
	const contentIn = ({ vault }: Device, id: string) => String(vault.records.get(id)?.body.values.content);
	/** All that is to be sealed anew is, and told. */
	async function renewed(device: Device, id: string, before: string): Promise<void> {
		await device.files.renew();
		await expect.poll(() => contentIn(device, id), { timeout: 20_000 }).not.toBe(before);
		await told(device, id);
	}

	test('has files sealed anew under keys of their own, and the old content is released', async () => {
		const { ana, entity, device } = await withVault();
		const bytes = random(PART + 9);
		const id = await device.files.attach(fileOf(bytes), 'health');
		await told(device, id);
		await device.files.rename(id, 'another name.jpg');
		const before = contentIn(device, id);
		await device.encryption.rotate(entity, 'health');
		await device.encryption.resume();
		await at(device, entity);
		await renewed(device, id, before);
		expect(device.files.view(id)).toMatchObject({ state: 'here', name: 'another name.jpg', size: PART + 9 });
		expect((await contentOf(device, id)).equals(bytes)).toBe(true);
		const { contents } = await device.vault.client.call('listStaleContents', { query: { entity, domain: 'health' } });
		expect(contents).toEqual([]);
		const released = await client.ask('DELETE', `/api/contents/${before}`, { token: ana.token });
		expect(released.status).toBe(204);
		await device.files.renew();
		expect(contentIn(device, id)).not.toBe(before);
	});

	test('gives files of a domain that is switched on the keys that they did not have', async () => {
		const { entity, device } = await withVault();
		const bytes = random(3000);
		const id = await device.files.attach(fileOf(bytes), 'finances');
		await told(device, id);
		const before = contentIn(device, id);
		await device.encryption.switchOn(entity, 'finances');
		await device.encryption.resume();
		await at(device, entity);
		expect((await contentOf(device, id)).equals(bytes)).toBe(true);
		await renewed(device, id, before);
		expect(device.vault.records.get(id)?.body.values.key).toMatch(/^held-/);
		expect((await contentOf(device, id)).equals(bytes)).toBe(true);
	});

	test('killed amid it leaves the old content or the new one, and goes on', async () => {
		const { ana, entity, device } = await withVault();
		const bytes = random(2 * PART + 9);
		const id = await device.files.attach(fileOf(bytes), 'health');
		await told(device, id);
		const before = contentIn(device, id);
		await device.encryption.rotate(entity, 'health');
		await device.encryption.resume();
		const store = await newStore();
		let left = 1;
		const dying: Ask = (input, init) =>
			init?.method === 'PUT' && left-- <= 0 ? Promise.reject(new TypeError('cut')) : fetch(input, init);
		const killed = await unlocked(deviceOf(ana, store, dying), entity);
		await killed.files.renew();
		await expect.poll(() => store.textNames('upload/')).toEqual([`upload/${id}`]);
		await expect.poll(() => left, { timeout: 20_000 }).toBeLessThan(0);
		killed.files.stop();
		expect(contentIn(killed, id)).toBe(before);
		expect((await contentOf(killed, id)).equals(bytes)).toBe(true);
		const again = await unlocked(deviceOf(ana, store), entity);
		await expect.poll(() => contentIn(again, id), { timeout: 20_000 }).not.toBe(before);
		expect((await contentOf(again, id)).equals(bytes)).toBe(true);
	});
});
