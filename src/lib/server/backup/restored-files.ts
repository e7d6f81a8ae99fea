import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { SystemLayer } from '../system-layer/index.ts';
import { BackupError } from './backup-error.ts';
import { count, opens } from './check-bodies.ts';
import type { Opened } from './check-bodies.ts';
import type { TarEntry } from './read-tar.ts';

/** The largest part of a sealed file with its envelope, in bytes. */
const PART = 4 * 1024 * 1024 + 16 * 1024;
const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const SEALED = new RegExp(`^[^/]+/(${UUID})/([a-z]+)/sealed/(${UUID})/(\\d{4,})$`);

/**
 * Stored files on their way back: they wait in a folder beside their place, and are moved there at once when the rows
 * that name them are about to hold.
 */
export class RestoredFiles {
	readonly #folder: string;
	readonly #draft: string;
	readonly #layer: SystemLayer | undefined;
	/** The sealed parts among them; others have no tag of ours. */
	readonly sealed: Opened = { all: 0, open: 0, damaged: [] };

	/** @param folder where the embedded backend keeps objects. */
	constructor(folder: string, layer: SystemLayer | undefined) {
		this.#folder = folder;
		this.#draft = `${folder}.restoring`;
		this.#layer = layer;
	}

	/** @throws BackupError `backup/not-empty` when files lie there already. What an interrupted restore left is removed. */
	async begin(): Promise<void> {
		const found = existsSync(this.#folder) ? await readdir(this.#folder, { recursive: true, withFileTypes: true }) : [];
		if (found.some((entry) => entry.isFile()))
			throw new BackupError(
				'backup/not-empty',
				`Stored files lie in ${this.#folder}. A restore goes into an empty backend: move them away first. Nothing was changed.`
			);
		await rm(this.#draft, { recursive: true, force: true });
	}

	/** Takes one in. @param name `bucket/name`. */
	async take(name: string, entry: TarEntry): Promise<void> {
		const path = join(this.#draft, name);
		await mkdir(dirname(path), { recursive: true, mode: 0o700 });
		const [, entity = '', domain = '', object = '', part = ''] = SEALED.exec(name) ?? [];
		if (!entity || entry.size > PART) {
			await pipeline(entry.parts(), createWriteStream(path, { mode: 0o600, flush: true }));
			return;
		}
		const bytes = await entry.bytes(PART);
		const place = { purpose: 'file', entity, domain, object, revision: BigInt(part) } as const;
		count(
			this.sealed,
			opens(this.#layer, (layer) => layer.open(place, bytes)),
			name
		);
		await writeFile(path, bytes, { mode: 0o600, flush: true });
	}

	/** Puts them in their place. */
	async settle(): Promise<void> {
		if (!existsSync(this.#draft)) return;
		await rm(this.#folder, { recursive: true, force: true });
		await rename(this.#draft, this.#folder);
		const parent = await open(dirname(this.#folder));
		await parent.sync();
		await parent.close();
	}

	/** Takes them away again, wherever they are, when the rows do not hold after all. */
	async withdraw(isSettled: boolean): Promise<void> {
		await rm(isSettled ? this.#folder : this.#draft, { recursive: true, force: true });
	}
}
