import 'fake-indexeddb/auto';
import { randomBytes, randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PLAIN_KINDS, plainName, readPlainName, SIGNED_FOR } from '../../../src/lib/api/plain-objects.ts';
import { openRecordStore } from '../../../src/lib/device/open-record-store.ts';
import type { RecordStore } from '../../../src/lib/device/record-store.ts';
import { ApiError } from '../../../src/lib/sync/api-error.ts';
import { createStorageClient } from '../../../src/lib/sync/storage-client.ts';
import { forgetAvatars } from '../../../src/lib/vault/plain/forget-avatars.ts';
import { PlainObjects } from '../../../src/lib/vault/plain/plain-objects.ts';
import { ToyBackend } from './toy-backend.ts';

const ENTITY = randomUUID();
const URL_THERE = 'https://project.example/storage/v1';
const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, ...randomBytes(20)]);
/** What the storage interface holds, what it was asked, and how it answers. */
let objects: Map<string, Uint8Array<ArrayBuffer>>;
let asked: string[];
let isReached: boolean;
let isMember: boolean;
let store: RecordStore;
let plain: PlainObjects;

beforeEach(async () => {
	vi.useFakeTimers({ toFake: ['Date'] });
	objects = new Map();
	[asked, isReached, isMember] = [[], true, true];
	store = await openRecordStore(randomUUID());
	const place = () => Promise.resolve({ url: URL_THERE, apikey: 'key' });
	const storage = createStorageClient({ accessToken: () => Promise.resolve('token'), place, fetch: answer });
	plain = new PlainObjects({ store: Promise.resolve(store) }, storage);
});
afterEach(() => {
	store.close();
	vi.useRealTimers();
});

/** Signed URLs hold for as long as their token says, whoever asks. */
const answer: typeof fetch = (input, init = {}) => {
	if (!isReached) return Promise.reject(new TypeError('Failed to fetch'));
	const url = new URL(input as string);
	const [, signs, name = ''] = /^\/storage\/v1\/object\/(sign\/)?plain\/?(.*)$/.exec(url.pathname) ?? [];
	asked.push(`${init.method ?? 'GET'} ${signs ?? ''}`.trim());
	const refused = Response.json(
		{ statusCode: '404', error: 'not_found', message: 'Object not found' },
		{ status: 400 }
	);
	if (signs && init.method === undefined) {
		const holds = Number(url.searchParams.get('token')) > Date.now() && objects.has(name);
		return Promise.resolve(holds ? new Response(objects.get(name)) : refused);
	}
	if (!isMember) return Promise.resolve(refused);
	if (signs) {
		const token = Date.now() + (JSON.parse(init.body as string) as { expiresIn: number }).expiresIn * 1000;
		return Promise.resolve(Response.json({ signedURL: `/object/sign/plain/${name}?token=${token}` }));
	}
	if (init.method === 'POST') objects.set(name, init.body as Uint8Array<ArrayBuffer>);
	else for (const gone of (JSON.parse(init.body as string) as { prefixes: string[] }).prefixes) objects.delete(gone);
	return Promise.resolve(Response.json({}));
};

/** An object that another device stored. */
function laid() {
	const place = { entity: ENTITY, kind: 'avatar', id: randomUUID() } as const;
	objects.set(plainName(place), PNG);
	return place;
}

test('what was read once is there without a network, and what was stored here at once', async () => {
	const [other, own] = [
		laid(),
		{ entity: ENTITY, kind: 'audio', id: await plain.add(ENTITY, 'audio', PNG, 'audio/ogg') } as const
	];
	expect(await plain.read(other)).toEqual(PNG);
	isReached = false;
	expect([await plain.read(other), await plain.read(own)]).toEqual([PNG, PNG]);
	await expect(plain.read(laid())).rejects.toThrow(ApiError);
});

test('a signed URL is asked for once in 2 hours, and lies sealed on the device until then', async () => {
	const place = laid();
	const readAnew = async () => {
		await store.parts.drop(place.id);
		asked = [];
		await plain.read(place);
		return asked;
	};
	expect(await readAnew()).toEqual(['POST sign/', 'GET sign/']);
	expect(await readAnew()).toEqual(['GET sign/']);
	expect(await store.readText('signed-urls')).toContain(place.id);
	vi.setSystemTime(Date.now() + SIGNED_FOR * 1000);
	expect(await readAnew()).toEqual(['POST sign/', 'GET sign/']);
});

test('whoever was removed gets no URL anew, and nothing once the one they have has ended', async () => {
	const place = laid();
	await plain.read(place);
	isMember = false;
	await store.parts.drop(place.id);
	expect(await plain.read(place)).toEqual(PNG);
	await store.parts.drop(place.id);
	vi.setSystemTime(Date.now() + SIGNED_FOR * 1000);
	await expect(plain.read(place)).rejects.toThrow(ApiError);
});

test('the picture of an entity that is gone, or was given another, goes from the device with its URL', async () => {
	const [gone, kept] = [laid(), laid()];
	for (const place of [gone, kept]) await plain.read(place);
	const [one] = new ToyBackend().entities;
	if (!one) throw new Error('no entity');
	const entity = (avatar: string) => ({ ...one, id: ENTITY, avatar });
	await forgetAvatars(store, [entity(gone.id), entity(kept.id)], [entity(kept.id)]);
	expect(await store.parts.get(gone.id, 0)).toBeNull();
	expect(await store.parts.get(kept.id, 0)).toEqual(PNG);
	const urls = await store.readText('signed-urls');
	expect([urls?.includes(gone.id), urls?.includes(kept.id)]).toEqual([false, true]);
});

test('what is deleted is gone at the server and here', async () => {
	const place = laid();
	await plain.read(place);
	await plain.remove(place);
	expect([objects.size, await store.parts.get(place.id, 0)]).toEqual([0, null]);
});

test('a name tells a place and no other text does', () => {
	for (const kind of PLAIN_KINDS) {
		const place = { entity: ENTITY, kind, id: randomUUID() };
		expect(readPlainName(plainName(place))).toEqual(place);
		for (const wrong of [
			`/${plainName(place)}`,
			`${plainName(place)}/x`,
			plainName(place).toUpperCase(),
			plainName(place).replace('other', 'health')
		])
			expect(readPlainName(wrong)).toBeNull();
	}
});
