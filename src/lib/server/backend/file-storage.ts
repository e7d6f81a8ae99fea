import { createHash, randomUUID } from 'node:crypto';
import { copyFile, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import type { App } from '@supabase/lite';
import { inOnePiece } from '../http/one-piece.ts';
import { letGo } from '../let-go.ts';

type StorageAdapter = NonNullable<App['_storageAdapter']>;
type Metadata = Awaited<ReturnType<StorageAdapter['headObject']>>;

/** Where the embedded backend keeps objects: files of a folder, written whole or not at all. */
export function createFileStorage(folder: string): StorageAdapter {
	const root = resolve(folder);

	/** @throws Error when a name would lead out of the folder. */
	function pathOf(bucket: string, key: string): string {
		const path = resolve(root, bucket, key);
		if (!path.startsWith(root + sep)) throw new Error('storage/name');
		return path;
	}

	async function metadataOf(path: string): Promise<Metadata> {
		const { size, mtime, mtimeMs } = await stat(path);
		const eTag = `"${createHash('sha256').update(`${size}:${mtimeMs}`).digest('hex').slice(0, 32)}"`;
		// Sealed parts are bytes; nothing here is ever shown as a page of ours.
		return {
			cacheControl: 'no-store',
			contentLength: size,
			size,
			mimetype: 'application/octet-stream',
			lastModified: mtime,
			eTag
		};
	}

	/** Writes beside the target, makes it durable, then moves it into place. The body is handed over. */
	async function write(path: string, body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<void> {
		await mkdir(dirname(path), { recursive: true, mode: 0o700 });
		const draft = join(dirname(path), `.${randomUUID()}`);
		const file = await open(draft, 'wx', 0o600);
		try {
			for await (const part of body) {
				// All of it: a single write may take less.
				await file.writeFile(part);
				letGo(part);
			}
			await file.sync();
			await file.close();
			await rename(draft, path);
		} catch (error) {
			await file.close().catch(() => undefined);
			await rm(draft, { force: true });
			throw error;
		}
	}

	return {
		driver: null,
		async getObject(bucket, key, _version, headers) {
			const path = pathOf(bucket, key);
			const metadata = await metadataOf(path);
			if (headers?.ifNoneMatch === metadata.eTag) return { httpStatusCode: 304, metadata };
			// No object is longer than storage takes. In one piece it can be used where it is; many would be put together.
			return { httpStatusCode: 200, metadata, body: inOnePiece(await readFile(path)) };
		},
		async uploadObject(bucket, key, _version, body, mimetype, cacheControl) {
			const path = pathOf(bucket, key);
			await write(path, body instanceof Uint8Array ? [body] : body);
			return { ...(await metadataOf(path)), mimetype, cacheControl };
		},
		async deleteObject(bucket, key) {
			await rm(pathOf(bucket, key), { force: true });
		},
		async deleteObjects(bucket, keys) {
			for (const key of keys) await rm(pathOf(bucket, key), { force: true });
		},
		async copyObject(bucket, key, _version, toBucket, toKey) {
			const target = pathOf(toBucket, toKey);
			await mkdir(dirname(target), { recursive: true, mode: 0o700 });
			await copyFile(pathOf(bucket, key), target);
			const { eTag, lastModified } = await metadataOf(target);
			return { httpStatusCode: 200, eTag, lastModified };
		},
		headObject: (bucket, key) => metadataOf(pathOf(bucket, key)),
		privateAssetUrl: (bucket, key) => Promise.resolve(`file://${pathOf(bucket, key)}`)
	};
}
