import { freshDevice } from './device.ts';
import { randomUUID } from 'node:crypto';
import { Dexie } from 'dexie';
import { beforeEach, expect, test, vi } from 'vitest';
import { fromBase64url, toBase64url } from '../../../src/lib/crypto/base64url.ts';
import { randomBytes } from '../../../src/lib/crypto/bytes.ts';
import { kemPublicKey } from '../../../src/lib/crypto/identity.ts';
import { openShare } from '../../../src/lib/crypto/open-share.ts';
import { contentKey, openPart, partSize } from '../../../src/lib/crypto/part.ts';
import { fromUtf8 } from '../../../src/lib/crypto/utf8.ts';
import { DiskParts } from '../../../src/lib/device/disk-parts.ts';
import { keepShare, MOST_SHARED, MOST_SHARED_BYTES, MOST_WAITING_BYTES } from '../../../src/lib/device/keep-share.ts';
import { openRecordStore } from '../../../src/lib/device/open-record-store.ts';
import { SessionStore } from '../../../src/lib/device/session-store.ts';
import { lockOf, ShareNotes } from '../../../src/lib/device/share-notes.ts';
import type { SharedFile, ShareTo } from '../../../src/lib/device/share-notes.ts';

const account = randomUUID();
const photo = new File([new Uint8Array(partSize + 3).fill(7)], 'receipt.jpg', { type: 'image/jpeg' });
const note = new File(['words'], 'note.txt', { type: 'text/plain' });

beforeEach(freshDevice);

/** A device on which somebody is signed in, and that knows to whom it seals. */
async function signedIn(
	to: ShareTo | null
): Promise<{ store: Awaited<ReturnType<typeof openRecordStore>>; notes: ShareNotes }> {
	await new SessionStore().write({ account, text: 'session' });
	const store = await openRecordStore(account);
	const notes = new ShareNotes(store);
	if (to) await notes.sealTo(to);
	return { store, notes };
}

test('where nobody is signed in, and where nobody has said to whom it is sealed, nothing is kept', async () => {
	expect(await keepShare([note])).toBe('signed-out');
	expect(await Dexie.getDatabaseNames()).toEqual([]);
	const { notes } = await signedIn(null);
	expect(await keepShare([note])).toBe('not-ready');
	expect(await notes.list()).toEqual([]);
	await new SessionStore().remove();
	expect(await keepShare([note])).toBe('signed-out');
});

test('under user encryption this device opens nothing of it without the private key, and everything with it', async () => {
	const key = randomBytes(32);
	const { store, notes } = await signedIn({ id: 'k', to: toBase64url(await kemPublicKey(key)) });
	expect(await keepShare([photo, note])).toBeNull();
	const [{ id = '', box = '', ...told } = { contents: [] }, ...others] = await notes.list();
	expect(others).toEqual([]);
	expect(told).toMatchObject({ of: 'k', bytes: photo.size + note.size });
	expect(JSON.stringify(told)).not.toContain('receipt');
	const files = JSON.parse(fromUtf8(await openShare(key, { account, share: id }, fromBase64url(box)))) as SharedFile[];
	expect(files.map(({ name, type, size }) => ({ name, type, size }))).toEqual([
		{ name: 'receipt.jpg', type: 'image/jpeg', size: photo.size },
		{ name: 'note.txt', type: 'text/plain', size: note.size }
	]);
	for (const [at, file] of [photo, note].entries()) {
		const { content, key: raw = '' } = files[at] ?? { content: '' };
		const plain: Uint8Array<ArrayBuffer>[] = [];
		for (const part of [0, 1]) {
			const kept = await store.parts.get(content, part);
			const size = Math.min(partSize, file.size - part * partSize);
			if (!kept) continue;
			for await (const chunk of openPart(await contentKey(fromBase64url(raw)), { content, part }, size, kept))
				plain.push(chunk);
		}
		expect(new Uint8Array(await new Blob(plain).arrayBuffer())).toEqual(new Uint8Array(await file.arrayBuffer()));
	}
});

test('without user encryption the device’s own key seals it, as all else', async () => {
	const { store, notes } = await signedIn({ to: null });
	expect(await keepShare([note])).toBeNull();
	const [share] = await notes.list();
	expect(share?.files).toMatchObject([{ name: 'note.txt', size: 5 }]);
	expect(fromUtf8((await store.parts.get(share?.contents[0] ?? '', 0)) ?? new Uint8Array())).toBe('words');
});

test('too many files, too large ones, and more than may wait are refused, each with its word', async () => {
	const { notes } = await signedIn({ to: null });
	const sized = (size: number) => Object.defineProperty(new File(['x'], 'x'), 'size', { value: size });
	expect(await keepShare([])).toBe('empty');
	expect(await keepShare(Array.from({ length: MOST_SHARED + 1 }, () => note))).toBe('too-many');
	expect(await keepShare([sized(MOST_SHARED_BYTES + 1)])).toBe('too-large');
	await notes.write('before', {
		at: '2026-03-01T09:30:00.000Z',
		contents: [],
		bytes: MOST_WAITING_BYTES - 4,
		files: []
	});
	expect(await keepShare([note])).toBe('full');
	expect(await notes.list()).toHaveLength(1);
});

test('of a share that fails half way nothing stays, and one that died half way is swept, unless it is still coming', async () => {
	const { store, notes } = await signedIn({ to: null });
	const put = vi.spyOn(DiskParts.prototype, 'put').mockRejectedValueOnce(new Error('the disk fails'));
	expect(await keepShare([note])).toBe('failed');
	put.mockRestore();
	expect(await store.textNames('shared/')).toEqual([]);

	const [content, bytes] = [randomUUID(), new Uint8Array(3)];
	await store.parts.put(content, 0, bytes, true);
	await notes.write('half', { at: '2026-03-01T09:30:00.000Z', contents: [content], bytes: 3 });
	await navigator.locks.request(lockOf('half'), () => notes.sweep());
	expect(await store.parts.get(content, 0)).not.toBeNull();
	expect(await keepShare([note])).toBeNull();
	expect(await store.parts.get(content, 0)).toBeNull();
	expect((await notes.list()).map(({ id }) => id)).not.toContain('half');
});

test('a pair under an earlier password is missed only while something waits for it', async () => {
	const { store, notes } = await signedIn(null);
	const none = (texts: readonly unknown[]) => Promise.resolve(texts.map(() => null));
	const seal = (texts: readonly unknown[]) => Promise.resolve(texts.map(() => new Uint8Array(60)));
	store.sealWith({ covers: () => false, isNewest: () => false, seal, open: none });
	await notes.keepKey('k', 'held-key');
	expect((await store.turnSeal(false)).drafts).toBe(0);
	await notes.write('waits', { at: '2026-03-01T09:30:00.000Z', contents: [], bytes: 3, box: 'AA', of: 'k' });
	expect((await store.turnSeal(false)).drafts).toBe(1);
	await notes.keepKeys(['k']);
	expect(await store.textNames('share-key/')).toEqual(['share-key/k']);
	await notes.keepKeys([]);
	expect(await store.textNames('share-key/')).toEqual([]);
});
