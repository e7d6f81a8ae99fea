import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { decrypterOf } from './age-keys.ts';
import { BackupError, damaged } from './backup-error.ts';
import { END_NAME, HEAD_NAME, readEnd, readHead } from './manifest.ts';
import type { End, Head } from './manifest.ts';
import { readTar } from './read-tar.ts';
import type { TarEntry } from './read-tar.ts';

/** The largest entry that is read at once, in bytes: 100 rows of bodies. */
const MOST = 64 * 1024 * 1024;

/** What is done with the parts of an archive, in their order. */
export interface Taker {
	head?(head: Head): Promise<void> | void;
	/** Rows of one table, each as the text of a JSON array. */
	rows?(table: string, lines: string[]): Promise<void>;
	/** @param name `bucket/name`, without steps upwards. */
	file?(name: string, entry: TarEntry): Promise<void>;
}

/**
 * Reads an archive to its end, and hands on what it holds.
 * @param identities the file of an identity that it is encrypted for.
 * @throws BackupError when it is not to be opened with these, damaged, cut short, or of a newer version. What was handed
 * on until then must not be believed.
 */
export async function readArchive(path: string, identities: string, taker: Taker): Promise<{ head: Head; end: End }> {
	let head: Head | undefined;
	let end: End | undefined;
	const rows: End['rows'] = {};
	let files = 0;
	for await (const entry of readTar(openAge(path, identities))) {
		const [kind, ...rest] = entry.name.split('/');
		const table = rest[0] ?? '';
		if (end) throw damaged('something follows its end');
		if (!head) {
			if (entry.name !== HEAD_NAME) throw damaged('its head is missing');
			head = readHead((await entry.bytes(MOST)).toString('utf8'));
			await taker.head?.(head);
		} else if (entry.name === END_NAME) {
			end = readEnd((await entry.bytes(MOST)).toString('utf8'));
			if (end.sha256 !== entry.before) throw damaged('its hash is another one');
		} else if (kind === 'rows' && head.tables.some(({ name }) => name === table)) {
			const lines = (await entry.bytes(MOST)).toString('utf8').split('\n').slice(0, -1);
			rows[table] = (rows[table] ?? 0) + lines.length;
			await taker.rows?.(table, lines);
		} else if (kind === 'files' && rest.length > 1 && rest.every((step) => step && step !== '.' && step !== '..')) {
			files += 1;
			await taker.file?.(rest.join('/'), entry);
		} else {
			throw damaged(`${entry.name} does not belong into it`);
		}
	}
	if (!head || !end) throw damaged('its end is missing');
	const counted = Object.entries(end.rows).every(([name, count]) => count === (rows[name] ?? 0));
	if (!counted || files !== end.files) throw damaged('it does not hold as much as it says');
	return { head, end };
}

/** The bytes inside an age file. */
async function* openAge(path: string, identities: string): AsyncGenerator<Uint8Array> {
	const decrypter = decrypterOf(identities);
	const file = createReadStream(path, { highWaterMark: 256 * 1024 });
	let isOpen = false;
	try {
		const plain = await decrypter.decrypt(Readable.toWeb(file) as ReadableStream<Uint8Array>);
		isOpen = true;
		for await (const part of plain as unknown as AsyncIterable<Uint8Array>) yield part;
	} catch (error) {
		const { code, message } = error as NodeJS.ErrnoException;
		if (code !== undefined)
			throw new BackupError('backup/file', `${path} cannot be read (${code}). Nothing was changed.`);
		if (!isOpen && message.includes('no identity matched'))
			throw new BackupError(
				'backup/identity',
				`The identity in ${identities} does not open ${path}. Nothing was changed.`
			);
		throw damaged(isOpen ? 'its bytes are not those that were written' : 'it is no file of age');
	} finally {
		file.destroy();
	}
}
