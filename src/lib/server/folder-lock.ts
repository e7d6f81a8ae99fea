import {
	linkSync,
	mkdirSync,
	readFileSync,
	readlinkSync,
	renameSync,
	rmSync,
	statSync,
	utimesSync,
	writeFileSync
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { StartError } from './start-error.ts';

/** How often the holder touches its lock, and when one that is not touched is dead, in milliseconds. */
const BEAT = 10_000;
const DEAD_AFTER = 30_000;

/** Who holds a folder: the process, and when it began, since numbers of processes come round again. */
interface Holder {
	pid: number;
	began: string;
	/** Boot and process namespace: numbers of processes mean nothing to another machine or container. */
	world: string;
}

/**
 * Takes a folder for this process alone: PGlite itself lets two servers open one folder and damage it.
 * @returns a function that gives the folder back; it also runs when the process exits.
 * @throws StartError `start/locked` when a living process holds it. The lock of one that died is taken over: at once where
 * its death can be seen, after half a minute where it ran on another machine or in another container.
 */
export function lockFolder(folder: string): () => void {
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	const lock = join(folder, 'lock');
	const mine = JSON.stringify({ pid: process.pid, began: beginningOf(process.pid), world: world() } satisfies Holder);
	const draft = `${lock}.${process.pid}`;
	writeFileSync(draft, mine, { mode: 0o600 });
	try {
		while (!linked(draft, lock)) clearDead(folder, lock);
	} finally {
		rmSync(draft, { force: true });
	}
	let held = true;
	const beat = setInterval(() => touch(lock, mine), BEAT).unref();
	const release = () => {
		clearInterval(beat);
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
	refuseLiving(folder, lock, found);
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

function refuseLiving(folder: string, lock: string, text: string): void {
	const holder = parseHolder(text);
	if (!holder) return;
	const isOurs = holder.world !== '' && holder.world === world();
	if (!(isOurs ? isAlive(holder) : wasTouched(lock))) return;
	throw new StartError(
		'start/locked',
		`Another Arca (process ${holder.pid}) is using ${folder}. Stop it first, or give this one a folder of its own with ARCA_DATA.`
	);
}

function parseHolder(text: string): Holder | undefined {
	try {
		const { pid, began, world = '' } = JSON.parse(text) as Partial<Holder>;
		return typeof pid === 'number' && typeof began === 'string' ? { pid, began, world } : undefined;
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

function wasTouched(lock: string): boolean {
	try {
		return Date.now() - statSync(lock).mtimeMs < DEAD_AFTER;
	} catch {
		return false;
	}
}

/** Shows that the holder lives, to those who cannot see its process. */
function touch(lock: string, mine: string): void {
	if (readText(lock) !== mine) return;
	try {
		utimesSync(lock, new Date(), new Date());
	} catch {
		// A folder that is gone for a moment: the next beat tells.
	}
}

/** The boot and process namespace that numbers of processes belong to; where the system does not tell, the machine's name. */
function world(): string {
	const boot = readText('/proc/sys/kernel/random/boot_id')?.trim();
	if (!boot) return hostname();
	try {
		return `${boot} ${readlinkSync('/proc/self/ns/pid')}`;
	} catch {
		return '';
	}
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
