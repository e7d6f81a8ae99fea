import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../log.ts';
import { saveArchive, UNFINISHED } from './save-archive.ts';
import type { MakeArchive } from './seal-archive.ts';

const DAY = 24 * 60 * 60 * 1000;
/** How often it is looked whether a day has passed, in milliseconds: a machine may sleep, and a disk be unplugged. */
const LOOK = 10 * 60 * 1000;
const NAME = /^arca-(\d{4}-\d{2}-\d{2})T(\d{2})-(\d{2})-(\d{2})Z\.age$/;

/** A backup a day, by the running server. */
export interface DailyBackup {
	folder: string;
	/** How many archives stay, at least 1; older ones are deleted after a new one was made. */
	keep: number;
	/** As for `encrypterFor`. */
	recipients: string;
}

/** What an archive made at this moment (milliseconds since 1970) is called; names sort as their moments do. */
export function archiveName(at: number): string {
	return `arca-${new Date(at).toISOString().slice(0, 19).replaceAll(':', '-')}Z.age`;
}

/**
 * Looks now and every ten minutes whether the newest archive is a day old, and then makes one. One that fails is tried
 * again at the next look.
 * @returns what ends it.
 */
export function keepDaily(daily: DailyBackup, make: MakeArchive, log: Log): () => void {
	let looking = false;
	const look = async () => {
		if (looking) return;
		looking = true;
		try {
			const made = await lookOnce(daily, make, Date.now());
			if (made) log.note('a backup was made', { file: made });
		} catch (error) {
			log.warn('the daily backup was not made', { code: (error as { code?: unknown }).code ?? 'unknown' });
		} finally {
			looking = false;
		}
	};
	const timer = setInterval(() => void look(), LOOK).unref();
	void look();
	return () => clearInterval(timer);
}

/**
 * Makes an archive if the newest of the folder is a day old at `now` (milliseconds since 1970), and deletes those past
 * the number that stays. Other files of the folder are left alone.
 * @returns the path of the new archive, undefined when none was due.
 */
export async function lookOnce(
	{ folder, keep, recipients }: DailyBackup,
	make: MakeArchive,
	now: number
): Promise<string | undefined> {
	await mkdir(folder, { recursive: true, mode: 0o700 });
	// One from the future is of a clock that was wrong, and no reason to wait.
	const newest = (await archivesIn(folder)).map(momentOf).findLast((moment) => moment <= now);
	if (newest !== undefined && now - newest < DAY) return undefined;
	const path = join(folder, archiveName(now));
	const { sealed, done } = await make(recipients);
	await saveArchive(sealed, done, path);
	for (const name of (await archivesIn(folder)).slice(0, -keep)) await rm(join(folder, name), { force: true });
	for (const name of await readdir(folder)) {
		const isLeftOver = name.endsWith(UNFINISHED) && NAME.test(name.slice(0, -UNFINISHED.length));
		if (isLeftOver) await rm(join(folder, name), { force: true });
	}
	return path;
}

async function archivesIn(folder: string): Promise<string[]> {
	return (await readdir(folder)).filter((name) => NAME.test(name)).sort();
}

function momentOf(name: string): number {
	return Date.parse(name.replace(NAME, '$1T$2:$3:$4Z'));
}
