import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseSystemKeys, SystemLayer } from '../../src/lib/server/system-layer/index.ts';
import { contentChecks, readFile } from '../../src/lib/vault/files/read-file.ts';
import { uploadPorts } from '../../src/lib/vault/files/upload-ports.ts';
import {
	contentOf,
	deviceOf,
	fileOf,
	here,
	newStore,
	PART,
	random,
	server,
	stored,
	told,
	unlocked,
	withVault
} from './files-stage.ts';

describe('a file under a user layer', () => {
	test('goes to the server in sealed parts and comes back to the byte, on another device too', async () => {
		const { ana, entity, device } = await withVault();
		const bytes = random(PART + 5);
		const id = await device.files.attach(fileOf(bytes), 'health');
		await told(device, id);
		expect(device.files.view(id)).toMatchObject({ name: 'scan.jpg', type: 'image/jpeg', size: PART + 5 });
		expect((await contentOf(device, id)).equals(bytes)).toBe(true);
		for (const path of stored(entity, 'health')) {
			const kept = readFileSync(path);
			for (let from = 0; from < 4000; from += 16)
				expect(kept.includes(Buffer.from(bytes.subarray(from, from + 16)))).toBe(false);
		}
		const other = await unlocked(deviceOf(ana, await newStore()), entity);
		await here(other, id);
		expect((await contentOf(other, id)).equals(bytes)).toBe(true);
		await device.files.rename(id, 'renamed.jpg');
		expect((await contentOf(device, id)).equals(bytes)).toBe(true);
	});

	test('has its key in the key worker alone: screens have a name in its place', async () => {
		const { device } = await withVault();
		const id = await device.files.attach(fileOf(random(10)), 'health');
		await here(device, id);
		expect(device.vault.records.get(id)?.body.values.key).toMatch(/^held-/);
		expect(JSON.stringify(await device.store.waiting())).not.toMatch(/"key":"(?!held-)/);
	});

	test('an empty file is one too', async () => {
		const { device } = await withVault();
		const id = await device.files.attach(fileOf(random(0)), 'health');
		await here(device, id);
		expect((await contentOf(device, id)).length).toBe(0);
	});

	test('opens to nothing that is not right: parts altered, cut, in another order, of another file or another attempt', async () => {
		const { entity, device } = await withVault();
		const ids: string[] = [];
		for (const size of [PART + 300_000, PART + 300_000])
			ids.push(await device.files.attach(fileOf(random(size)), 'health'));
		for (const id of ids) await here(device, id);
		const paths = stored(entity, 'health');
		const bytes = paths.map((path) => readFileSync(path));
		const [first, second, otherFirst] = [0, 1, 2].map((n) => bytes[n] ?? Buffer.alloc(0));
		const content = String(device.vault.records.get(ids[0] ?? '')?.body.values.content);
		const own = paths.flatMap((path, n) => (path.includes(content) ? [n] : []));
		const [at0 = 0, at1 = 1] = own;
		const read = async () => {
			// What this device keeps of it would open, whatever the server gives.
			await device.store.parts.drop(content);
			return contentOf(device, ids[0] ?? '').then(
				() => 'opened',
				(error: unknown) => (error as { code: string }).code
			);
		};
		expect(await read()).toBe('opened');
		const tries: [number, Buffer][] = [
			[at0, (at0 === 0 ? otherFirst : first) as Buffer],
			[at0, bytes[at1] as Buffer],
			[at1, bytes[at0] as Buffer],
			[at1, (second ?? Buffer.alloc(0)).subarray(0, -1)],
			[at1, Buffer.concat([bytes[at1] as Buffer, Buffer.from([0])])]
		];
		for (const [n, instead] of tries) {
			writeFileSync(paths[n] ?? '', instead);
			expect(await read()).not.toBe('opened');
			writeFileSync(paths[n] ?? '', bytes[n] as Buffer);
		}
		expect(await read()).toBe('opened');
	});
});

describe('with the system keys given away', () => {
	test('a part of another attempt is refused by the digest of the whole, which nothing but the record tells', async () => {
		const { entity, device } = await withVault();
		const id = await device.files.attach(fileOf(random(PART + 7)), 'finances');
		await here(device, id);
		const values = device.vault.records.get(id)?.body.values ?? {};
		const object = String(values.content);
		const [, last = ''] = stored(entity, 'finances');
		const ring = parseSystemKeys(readFileSync(join(server.dataFolder, 'keys', 'system-keys'), 'utf8').trim());
		const place = { purpose: 'file', entity, domain: 'finances', object, revision: 1n } as const;
		writeFileSync(last, new SystemLayer(ring).seal(place, Buffer.from('another')));
		const read = async (checks = contentChecks) => {
			await device.store.parts.drop(object);
			const ports = await uploadPorts(device.vault, new AbortController().signal);
			const parts: Uint8Array[] = [];
			for await (const part of readFile(ports, { domain: 'finances', values }, checks)) parts.push(part);
			return Buffer.concat(parts);
		};
		await expect(read()).rejects.toMatchObject({ code: 'crypto/cannot-open' });
		const unchecked = await read({ ...contentChecks, sameDigest: () => true });
		expect(unchecked.subarray(PART).toString()).toBe('another');
	});
});
