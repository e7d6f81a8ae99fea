import * as v from 'valibot';
import { BackupError, damaged } from './backup-error.ts';

/** The version of the archives that this program writes and reads. */
export const ARCHIVE_VERSION = 1;

export const HEAD_NAME = 'arca-backup.json';
export const END_NAME = 'arca-end.json';

const headSchema = v.object({
	format: v.literal('arca-backup'),
	version: v.literal(ARCHIVE_VERSION),
	/** The moment that the rows are of (RFC 3339, UTC). */
	at: v.pipe(v.string(), v.isoTimestamp()),
	/** The migrations that the database had. */
	migrations: v.array(v.pipe(v.string(), v.digits())),
	tables: v.array(v.object({ name: v.string(), columns: v.array(v.string()) }))
});

const endSchema = v.object({
	rows: v.record(v.string(), v.number()),
	files: v.number(),
	/** Objects whose bytes were not there any more, as `bucket/name`. */
	missing: v.array(v.string()),
	/** SHA-256, in hex, of all bytes of the tar file before this entry. */
	sha256: v.pipe(v.string(), v.hash(['sha256']))
});

/** What an archive begins with. */
export type Head = v.InferOutput<typeof headSchema>;
/** What an archive ends with: without it, it was cut. */
export type End = v.InferOutput<typeof endSchema>;

/** @throws BackupError when the text is no head, or one of a newer version. */
export function readHead(text: string): Head {
	const value = parse(text, 'its head');
	const { format, version } = value as { format?: unknown; version?: unknown };
	if (format === 'arca-backup' && typeof version === 'number' && version > ARCHIVE_VERSION)
		throw new BackupError(
			'backup/newer',
			`The archive is of version ${version}, and this Arca reads version ${ARCHIVE_VERSION}: update Arca first. Nothing was changed.`
		);
	return check(headSchema, value, 'its head');
}

/** @throws BackupError when the text is no end of an archive. */
export function readEnd(text: string): End {
	return check(endSchema, parse(text, 'its end'), 'its end');
}

function parse(text: string, what: string): unknown {
	try {
		const value: unknown = JSON.parse(text);
		if (typeof value === 'object' && value !== null) return value;
	} catch {
		// Told below, in the same words.
	}
	throw damaged(`${what} cannot be read`);
}

function check<T extends v.GenericSchema>(schema: T, value: unknown, what: string): v.InferOutput<T> {
	const checked = v.safeParse(schema, value);
	if (!checked.success) throw damaged(`${what} cannot be read`);
	return checked.output;
}
