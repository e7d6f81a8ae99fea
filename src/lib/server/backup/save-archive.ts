import { link, open, rm } from 'node:fs/promises';
import { BackupError } from './backup-error.ts';

/** What an archive is called until all of it is there. */
export const UNFINISHED = '.unfinished';

/**
 * Writes an archive to a new file of mode 0600: beside its place, made durable, then under its name. What was cut short
 * never bears the name.
 * @returns its size in bytes.
 * @throws BackupError `backup/exists`, `backup/folder`, or why there is no archive.
 */
export async function saveArchive(
	sealed: AsyncIterable<Uint8Array>,
	done: Promise<unknown>,
	path: string
): Promise<number> {
	const draft = `${path}${UNFINISHED}`;
	await rm(draft, { force: true });
	const file = await open(draft, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
		throw new BackupError('backup/folder', `${path} cannot be written (${error.code}).`);
	});
	let size = 0;
	try {
		for await (const part of sealed) {
			await file.write(part);
			size += part.length;
		}
		await done;
		await file.sync();
		await file.close();
		await link(draft, path);
	} catch (error) {
		await file.close().catch(() => undefined);
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
		throw new BackupError('backup/exists', `${path} exists already; an archive is never written over.`);
	} finally {
		await rm(draft, { force: true });
	}
	return size;
}
