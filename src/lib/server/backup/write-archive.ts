import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Ask, Database } from '../backend/database.ts';
import { BackupError } from './backup-error.ts';
import { ARCHIVE_VERSION, END_NAME, HEAD_NAME } from './manifest.ts';
import type { End, Head } from './manifest.ts';
import { fixTextForms, keptTables, migrationsOf, selectRows } from './row-text.ts';
import { TarWriter } from './tar-writer.ts';
import type { Put } from './tar-writer.ts';

/** Rows that are fetched, and kept in memory, at a time; a body is 256 KiB at most. */
const ROWS = 100;

/** What an archive holds, as it is told to whoever asked for it. */
export interface Summary {
	/** The moment that the rows are of (RFC 3339). */
	at: string;
	entities: number;
	records: number;
	accounts: number;
	files: number;
	missing: number;
}

/**
 * Writes rows of one moment of the database, then the stored files that those rows name, as a tar file: a head, the rows
 * as `rows/<table>/<number>.jsonl`, the files as `files/<bucket>/<name>`, and an end with the counts and the hash of all
 * before. A file that the sweep removed since the moment of the rows is named in the end.
 * @param files the folder where the embedded backend keeps objects.
 */
export async function writeArchive(database: Database, files: string, put: Put): Promise<Summary> {
	const { tar, head, rows, objects } = await database.within('reading', (ask) => writeRows(ask, put));
	const end: End = { rows, files: 0, missing: [], sha256: '' };
	for (const object of objects) {
		const path = join(files, object);
		const size = await sizeOf(path);
		if (size === undefined) {
			end.missing.push(object);
			continue;
		}
		await tar.add(`files/${object}`, size, createReadStream(path) as AsyncIterable<Buffer>);
		end.files += 1;
	}
	end.sha256 = tar.sha256;
	await tar.addText(END_NAME, JSON.stringify(end));
	await tar.end();
	return summaryOf(head, end);
}

/** The counts of an archive by what people call the things. */
export function summaryOf({ at }: Head, { rows, files, missing }: End): Summary {
	return {
		at,
		entities: rows['public.entities'] ?? 0,
		records: rows['public.records'] ?? 0,
		accounts: rows['auth.users'] ?? 0,
		files,
		missing: missing.length
	};
}

async function writeRows(ask: Ask, put: Put) {
	const [found] = await ask(
		`select to_regclass('public.records') is not null as ready,
			to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at`
	);
	if (!found?.ready)
		throw new BackupError('backup/nothing', 'There is nothing to back up yet: Arca was never started here.');
	await fixTextForms(ask);
	const at = String(found.at);
	const tables = await keptTables(ask);
	const head: Head = {
		format: 'arca-backup',
		version: ARCHIVE_VERSION,
		at,
		migrations: await migrationsOf(ask),
		tables: tables.map(({ name, columns }) => ({ name, columns: columns.map((column) => column.name) }))
	};
	const tar = new TarWriter(put, Date.parse(at) / 1000);
	await tar.addText(HEAD_NAME, JSON.stringify(head));
	const rows: End['rows'] = {};
	for (const table of tables) {
		rows[table.name] = 0;
		await ask(`declare kept no scroll cursor for ${selectRows(table)}`);
		for (let number = 1; ; number += 1) {
			const lines = (await ask(`fetch ${ROWS} from kept`)).map(({ line }) => String(line));
			if (lines.length === 0) break;
			rows[table.name] = (rows[table.name] ?? 0) + lines.length;
			await tar.addText(`rows/${table.name}/${String(number).padStart(6, '0')}.jsonl`, `${lines.join('\n')}\n`);
		}
		await ask('close kept');
	}
	const objects = await ask(`select bucket_id || '/' || name as path from storage.objects order by 1`);
	return { tar, head, rows, objects: objects.map(({ path }) => String(path)) };
}

async function sizeOf(path: string): Promise<number | undefined> {
	try {
		return (await stat(path)).size;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
		throw error;
	}
}

/** A summary in words. */
export function tellSummary({ at, entities, records, accounts, files }: Summary): string {
	return `vaults: ${entities}, records: ${records}, accounts: ${accounts}, stored files: ${files}, as they were at ${at}`;
}
