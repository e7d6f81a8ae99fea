import type { Database } from '../backend/database.ts';
import { encrypterFor } from './age-keys.ts';
import { writeArchive } from './write-archive.ts';
import type { Summary } from './write-archive.ts';

/** How long whoever takes an archive may hold up the transaction that it is read in, in milliseconds. */
const PATIENCE = 30_000;

/** An archive on its way, in the age format. `done` tells what it holds, once all of it was taken, or why it is not one. */
export interface SealedArchive {
	sealed: AsyncIterable<Uint8Array>;
	done: Promise<Summary>;
}

/** Makes an archive for whoever holds the identity of a recipient; of what is backed up, nothing else is told. */
export type MakeArchive = (recipients: string) => Promise<SealedArchive>;

/**
 * Makes archives of a database and the folder of its stored files.
 * @throws BackupError `backup/recipient`.
 */
export function archiveMaker(database: Database, files: string): MakeArchive {
	return async (recipients) => {
		const encrypter = encrypterFor(recipients);
		const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
		const sealed = await encrypter.encrypt(readable);
		const writer = writable.getWriter();
		// Told by `done`; the stream's own word of it would be one that nobody waits for.
		writer.closed.catch(() => undefined);
		const work = async () => {
			try {
				const summary = await writeArchive(database, files, (part) => within(writer.write(part)));
				await writer.close();
				return summary;
			} catch (error) {
				await writer.abort(error).catch(() => undefined);
				throw error;
			}
		};
		const done = work();
		done.catch(() => undefined);
		return { sealed, done };
	};
}

/** A reader that stands still would keep everybody out of PGlite. */
async function within(writing: Promise<void>): Promise<void> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<never>((_, reject) => {
		timer = setTimeout(() => reject(new Error('backup/stalled')), PATIENCE);
	});
	try {
		await Promise.race([writing, late]);
	} finally {
		clearTimeout(timer);
	}
}
