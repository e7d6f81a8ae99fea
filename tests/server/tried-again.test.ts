import postgres from 'postgres';
import { describe, expect, test } from 'vitest';
import { UploadJournal } from '../../src/lib/vault/files/upload-journal.ts';
import { newUpload } from '../../src/lib/vault/files/upload.ts';
import {
	at,
	contentOf,
	databaseUrl,
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

/** Somebody's second device, whose requests that store parts `put` stands before. */
async function second(put: Ask, store?: Device['store']) {
	const { ana, entity, device } = await withVault();
	const bodies: Uint8Array[] = [];
	const ask: Ask = async (input, init) => {
		if (init?.method !== 'PUT') return fetch(input, init);
		bodies.push(new Uint8Array(await (init.body as Blob).arrayBuffer()));
		return put(input, init);
	};
	const weak = await unlocked(
		deviceOf(ana, store ?? (await newStore()), ask, () => Promise.resolve()),
		entity
	);
	/** Its domain gets a user layer, by the first device. */
	const switchOn = async () => {
		await device.encryption.switchOn(entity, 'finances');
		await device.encryption.resume();
	};
	return { ana, entity, device, weak, bodies, switchOn };
}

const refused = (status: number, type: string) => Response.json({ type: `/problems/${type}` }, { status });
const isSealed = ([version, chunks]: Uint8Array) => version === 1 && chunks === 0x12;
const noteOf = ({ store }: Device, id: string) => new UploadJournal(store).read(id);

async function stateOf(content: string | undefined): Promise<unknown> {
	const sql = postgres(databaseUrl, { max: 1 });
	const rows = await sql`select state from contents where id = ${content ?? ''}`;
	await sql.end();
	return rows[0]?.state;
}

async function stands(device: Device, id: string, state: string, problem: string): Promise<void> {
	await expect.poll(() => device.files.view(id), { timeout: 20_000 }).toMatchObject({ state, problem });
}

describe('an upload that failed', () => {
	test('is tried again as often as the person asks, from what is here', async () => {
		let answer: (() => Response) | undefined = () => refused(413, 'record/over-quota');
		const { weak, device, entity } = await second((input, init) =>
			answer ? Promise.resolve(answer()) : fetch(input, init)
		);
		const bytes = random(PART + 3);
		const id = await weak.files.attach(fileOf(bytes), 'health');
		await stands(weak, id, 'failed', 'record/over-quota');
		weak.files.retry(id);
		expect(weak.files.view(id)).not.toHaveProperty('problem');
		await stands(weak, id, 'failed', 'record/over-quota');
		answer = undefined;
		weak.files.retry(id);
		await told(weak, id);
		await at(device, entity);
		expect((await contentOf(device, id)).equals(bytes)).toBe(true);
	});

	test('for want of what was kept of it goes on with the file that is chosen again, and mixes nothing', async () => {
		let isDown = true;
		const { weak } = await second((input, init) =>
			isDown && (input as string).endsWith('/1') ? Promise.resolve(refused(500, 'server/failed')) : fetch(input, init)
		);
		const bytes = random(PART + 3);
		const id = await weak.files.attach(fileOf(random(PART + 3)), 'health');
		await stands(weak, id, 'failed', 'server/failed');
		const before = await noteOf(weak, id);
		isDown = false;
		await weak.store.parts.drop(id);
		weak.files.retry(id);
		await stands(weak, id, 'choose-again', 'file/choose-again');
		await expect(weak.files.resume(id, fileOf(random(PART)))).rejects.toMatchObject({ code: 'file/other' });
		await weak.files.resume(id, fileOf(bytes));
		await told(weak, id);
		expect((await contentOf(weak, id)).equals(bytes)).toBe(true);
		expect(await stateOf(before?.content)).toBe('due');
	});
});

describe('an upload whose domain gets a user layer meanwhile', () => {
	test('begins anew from what is kept, under a key and a content of its own, and the old one is given up', async () => {
		let isDown = true;
		let stores = Promise.withResolvers<unknown>();
		// Two parts are on their way at once: part 1 is refused when part 0 is stored.
		const { weak, bodies, entity, device, switchOn } = await second(async (input, init) => {
			if (isDown && (input as string).endsWith('/1')) {
				await stores.promise;
				return refused(500, 'server/failed');
			}
			const answer = await fetch(input, init);
			stores.resolve(undefined);
			return answer;
		});
		const bytes = random(PART + 9);
		const id = await weak.files.attach(fileOf(bytes), 'finances');
		await stands(weak, id, 'failed', 'server/failed');
		const before = await noteOf(weak, id);
		expect([before?.key, stored(entity, 'finances').length]).toEqual([undefined, 1]);
		await switchOn();
		await weak.vault.renewKeys(entity);
		bodies.length = 0;
		stores = Promise.withResolvers();
		weak.files.retry(id);
		// Part 1 is still refused: by now nothing of it is kept as it was, and nothing went so.
		await expect.poll(() => bodies.length, { timeout: 20_000 }).toBe(2);
		await stands(weak, id, 'failed', 'server/failed');
		expect(bodies.every(isSealed)).toBe(true);
		const now = await noteOf(weak, id);
		expect([now?.key, now?.content === before?.content]).toEqual([expect.stringMatching(/^held-/), false]);
		expect((await weak.store.parts.get(id, 1))?.length).toBeGreaterThan(9);
		expect(await stateOf(before?.content)).toBe('due');

		// Killed amid sealing what is kept, it seals the rest.
		weak.files.stop();
		if (now) await new UploadJournal(weak.store).write({ ...now, unsealed: true });
		await weak.store.parts.put(id, 1, bytes.slice(PART), true);
		isDown = false;
		await at(weak, entity);
		await told(weak, id);
		expect(bodies.every(isSealed)).toBe(true);
		expect(weak.vault.records.get(id)?.body.values).toMatchObject({ content: now?.content, key: now?.key });
		await at(device, entity);
		await here(device, id);
		expect((await contentOf(device, id)).equals(bytes)).toBe(true);
	});

	test('sends no further part in the clear once it is known', async () => {
		let known: Promise<void> | undefined;
		const { weak, bodies, entity, switchOn } = await second(async (input, init) => {
			known ??= switchOn().then(() => weak.vault.renewKeys(entity));
			await known;
			return fetch(input, init);
		});
		const bytes = random(2 * PART + 9);
		const id = await weak.files.attach(fileOf(bytes), 'finances');
		await told(weak, id);
		// Two that were on their way; all of the new content is sealed.
		expect(bodies.map(isSealed)).toEqual([false, false, true, true, true]);
		expect((await contentOf(weak, id)).equals(bytes)).toBe(true);
	});

	test('learns of it from the server, which takes no part in the clear', async () => {
		const { weak, entity, switchOn } = await second(fetch);
		await switchOn();
		const bytes = random(50);
		const id = await weak.files.attach(fileOf(bytes), 'finances');
		await told(weak, id);
		expect(weak.vault.records.get(id)?.body.values.key).toMatch(/^held-/);
		expect((await contentOf(weak, id)).equals(bytes)).toBe(true);
		expect(stored(entity, 'finances')).toHaveLength(1);
	});

	test('asks for the file where nothing of it is here, and goes on with the same one', async () => {
		const { weak, bodies, entity, switchOn } = await second(fetch);
		const bytes = random(70);
		const of = { file: crypto.randomUUID(), entity, domain: 'finances', name: 'film.mov', type: '', size: 70 } as const;
		await new UploadJournal(weak.store).write({ ...newUpload(of), kept: false });
		await switchOn();
		await weak.vault.renewKeys(entity);
		weak.files.stop();
		await at(weak, entity);
		await stands(weak, of.file, 'choose-again', 'file/layer-changed');
		await expect(weak.files.resume(of.file, fileOf(random(71)))).rejects.toMatchObject({ code: 'file/other' });
		await weak.files.resume(of.file, fileOf(bytes));
		await told(weak, of.file);
		expect(bodies.map(isSealed)).toEqual([true]);
		expect((await contentOf(weak, of.file)).equals(bytes)).toBe(true);
	});

	test('never goes in the clear by itself: what was to be sealed waits to be chosen again', async () => {
		const { weak, bodies, entity } = await second(fetch);
		const of = { file: crypto.randomUUID(), entity, domain: 'finances', name: 'a.jpg', type: '', size: 40 } as const;
		const key = (await weak.vault.contentKeys?.drawFileKey()) ?? '';
		await new UploadJournal(weak.store).write(newUpload({ ...of, key }));
		weak.files.stop();
		await at(weak, entity);
		await stands(weak, of.file, 'choose-again', 'file/layer-changed');
		expect(bodies).toEqual([]);
		await weak.files.resume(of.file, fileOf(random(40)));
		await told(weak, of.file);
	});
});
