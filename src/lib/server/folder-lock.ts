import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from './start-error.ts';

/** Who holds a folder: the process, and when it began, since numbers of processes come round again. */
interface Holder {
	pid: number;
	began: string;
}

/**
 * Takes a folder for this process alone: PGlite itself lets two servers open one folder and damage it.
 * @returns a function that gives the folder back; it also runs when the process exits.
 * @throws StartError `start/locked` when a living process holds it. The lock of one that died is taken over.
 */
export function lockFolder(folder: string): () => void {
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	const lock = join(folder, 'lock');
	const mine = JSON.stringify({ pid: process.pid, began: beginningOf(process.pid) } satisfies Holder);
	const draft = `${lock}.${process.pid}`;
	writeFileSync(draft, mine, { mode: 0o600 });
	try {
		while (!linked(draft, lock)) clearDead(folder, lock);
	} finally {
		rmSync(draft, { force: true });
	}
	let held = true;
	const release = () => {
		if (held && readText(lock) === mine) rmSync(lock, { force: true });
		held = false;
	};
	process.once('exit', release);
	return release;
}

/** A link appears whole or not at all, and not over another one. */
function linked(from: string, to: string): boolean {
	try {
		linkSync(from, to);
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
		throw error;
	}
}

/** Removes the lock of a dead process. It is moved aside first and looked at again, since another start may be faster. */
function clearDead(folder: string, lock: string): void {
	const found = readText(lock);
	if (found === undefined) return;
	refuseLiving(folder, found);
	const aside = `${lock}.dead.${process.pid}`;
	try {
		renameSync(lock, aside);
	} catch {
		return;
	}
	const moved = readText(aside);
	if (moved !== undefined && moved !== found) linked(aside, lock);
	rmSync(aside, { force: true });
}

function refuseLiving(folder: string, text: string): void {
	const holder = parseHolder(text);
	if (!holder || holder.pid === process.pid || !isAlive(holder)) return;
	throw new StartError(
		'start/locked',
		`Another Arca (process ${holder.pid}) is using ${folder}. Stop it first, or give this one a folder of its own with ARCA_DATA.`
	);
}

function parseHolder(text: string): Holder | undefined {
	try {
		const { pid, began } = JSON.parse(text) as Partial<Holder>;
		return typeof pid === 'number' && typeof began === 'string' ? { pid, began } : undefined;
	} catch {
		return undefined;
	}
}

function isAlive({ pid, began }: Holder): boolean {
	try {
		process.kill(pid, 0);
	} catch (error) {
		// EPERM: it lives, and belongs to somebody else.
		if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
	}
	return beginningOf(pid) === began;
}

/** When a process began, counted from a boot that is named too; '' where the system does not tell (then the number alone decides). */
function beginningOf(pid: number): string {
	const stat = readText(`/proc/${pid}/stat`);
	const boot = readText('/proc/sys/kernel/random/boot_id');
	if (!stat || !boot) return '';
	// The 22nd field; the second one is a name in brackets that may hold blanks.
	const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
	return `${boot.trim()}:${ticks}`;
}

function readText(path: string): string | undefined {
	try {
		return readFileSync(path, 'utf8');
	} catch {
		return undefined;
	}
}
