import { fromBase64url, toBase64url } from '../crypto/base64url.ts';
import { randomBytes } from '../crypto/bytes.ts';
import { partsOf } from '../crypto/file-content.ts';
import { nobleSuite } from '../crypto/noble-suite.ts';
import { contentKey, partSize, sealPart } from '../crypto/part.ts';
import { sealShare } from '../crypto/share-box.ts';
import { DeviceError } from './device-error.ts';
import { openRecordStore } from './open-record-store.ts';
import type { RecordStore } from './record-store.ts';
import { accountSignedIn } from './session-store.ts';
import { lockOf, ShareNotes } from './share-notes.ts';
import type { SharedFile, ShareNote, ShareTo } from './share-notes.ts';

/** How many files a share may have, of how many bytes each, and how many bytes of shares may wait in all. */
export const MOST_SHARED = 20;
export const MOST_SHARED_BYTES = 32 * 1024 * 1024;
export const MOST_WAITING_BYTES = 128 * 1024 * 1024;

/**
 * Why nothing of a share was kept. `signed-out`: nobody is signed in here. `not-ready`: to whom it is sealed is not known
 * yet. `full`: too much waits already, or there is no room.
 */
export type ShareRefusal = 'empty' | 'too-many' | 'too-large' | 'signed-out' | 'not-ready' | 'full' | 'failed';

/**
 * Keeps files that were shared with the app, all of them or none, for whoever is signed in on this device: sealed, so that
 * with user encryption not even this device opens them before it is unlocked. Never rejects.
 * @returns null, or why nothing was kept
 */
export async function keepShare(files: readonly File[]): Promise<ShareRefusal | null> {
	if (files.length === 0) return 'empty';
	if (files.length > MOST_SHARED) return 'too-many';
	if (files.some(({ size }) => size > MOST_SHARED_BYTES)) return 'too-large';
	let store: RecordStore | undefined;
	try {
		const account = await accountSignedIn();
		if (account === null) return 'signed-out';
		store = await openRecordStore(account);
		return await keepIn(store, account, files);
	} catch (error) {
		return error instanceof DeviceError && error.code === 'device/full' ? 'full' : 'failed';
	} finally {
		store?.close();
	}
}

async function keepIn(store: RecordStore, account: string, files: readonly File[]): Promise<ShareRefusal | null> {
	const notes = new ShareNotes(store);
	const to = store.lasting ? await notes.to() : null;
	if (!to) return 'not-ready';
	await notes.sweep();
	const sum = (all: readonly number[]): number => all.reduce((before, bytes) => before + bytes, 0);
	const bytes = sum(files.map(({ size }) => size));
	if (bytes + sum((await notes.list()).map((note) => note.bytes)) > MOST_WAITING_BYTES) return 'full';
	const id = crypto.randomUUID();
	// Whoever sweeps meanwhile sees by the lock that it is still coming.
	await navigator.locks.request(lockOf(id), async () => {
		const contents = files.map(() => crypto.randomUUID());
		const note: ShareNote = { at: new Date().toISOString(), contents, bytes };
		await notes.write(id, note);
		try {
			const told: SharedFile[] = [];
			for (const [at, file] of files.entries()) told.push(await keepFile(store, contents[at] ?? '', file, to));
			await notes.write(id, { ...note, ...(await tell(to, { account, share: id }, told)) });
		} catch (error) {
			await notes.remove(id, note).catch(() => undefined);
			throw error;
		}
	});
	return null;
}

/** Keeps a file a part at a time. */
async function keepFile(store: RecordStore, content: string, file: File, { to }: ShareTo): Promise<SharedFile> {
	const { name, type, size } = file;
	const raw = to === null ? null : randomBytes(32);
	const key = raw && (await contentKey(raw));
	for (let part = 0; part < partsOf(size); part++) {
		const from = part * partSize;
		const bytes = new Uint8Array(await file.slice(from, from + partSize).arrayBuffer());
		await store.parts.put(content, part, key ? await sealPart(key, { content, part }, bytes) : bytes, true);
	}
	const told = { content, name, type, size, ...(raw ? { key: toBase64url(raw) } : {}) };
	raw?.fill(0);
	return told;
}

async function tell(
	to: ShareTo,
	place: { account: string; share: string },
	files: readonly SharedFile[]
): Promise<Pick<ShareNote, 'box' | 'of' | 'files'>> {
	if (to.to === null) return { files };
	const box = await sealShare(nobleSuite(), fromBase64url(to.to), place, JSON.stringify(files));
	return { box: toBase64url(box), of: to.id };
}
