import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { lockFolder } from '../../src/lib/server/folder-lock.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

function newFolder(): string {
	const folder = mkdtempSync(join(tmpdir(), 'arca-lock-'));
	folders.push(folder);
	return folder;
}

describe('a folder', () => {
	test('is taken over when another process now has the number of the dead one', () => {
		const folder = newFolder();
		const mine = lockFolder(folder);
		const text = readFileSync(join(folder, 'lock'), 'utf8');
		mine();
		const { world } = JSON.parse(text) as { world: string };
		writeFileSync(join(folder, 'lock'), JSON.stringify({ pid: process.ppid, began: 'another boot:1', world }));
		lockFolder(folder)();
		expect(existsSync(join(folder, 'lock'))).toBe(false);
	});

	test('is refused to whoever sees no such process, while the lock is being touched, and given half a minute after', () => {
		const folder = newFolder();
		const lock = join(folder, 'lock');
		// Another container on the same volume, whose server has the number that this one has here.
		writeFileSync(lock, JSON.stringify({ pid: process.pid, began: 'boot:1', world: 'boot pid:[1]' }));
		expect(() => lockFolder(folder)).toThrow('is using');
		const past = new Date(Date.now() - 31_000);
		utimesSync(lock, past, past);
		lockFolder(folder)();
		expect(existsSync(lock)).toBe(false);
	});

	test('is not taken a second time by the process that holds it', () => {
		const folder = newFolder();
		const release = lockFolder(folder);
		expect(() => lockFolder(folder)).toThrow('is using');
		release();
		lockFolder(folder)();
	});

	test('is held by a lock that its holder touches', () => {
		vi.useFakeTimers();
		try {
			const folder = newFolder();
			const release = lockFolder(folder);
			const past = new Date(Date.now() - 60_000);
			utimesSync(join(folder, 'lock'), past, past);
			vi.advanceTimersByTime(10_000);
			expect(statSync(join(folder, 'lock')).mtimeMs).toBeGreaterThan(past.getTime() + 30_000);
			release();
		} finally {
			vi.useRealTimers();
		}
	});

	test('is given to exactly one of many that want it at once, past a dead lock', async () => {
		const folder = newFolder();
		writeFileSync(join(folder, 'lock'), JSON.stringify({ pid: 2 ** 22 + 5, began: '' }));
		const past = new Date(Date.now() - 31_000);
		utimesSync(join(folder, 'lock'), past, past);
		const script = `
			const { lockFolder } = await import(${JSON.stringify(join(root, 'src/lib/server/folder-lock.ts'))});
			try { lockFolder(${JSON.stringify(folder)}); console.log('mine'); setTimeout(() => undefined, 60000); } catch (error) { console.log(error.code); }`;
		const children = Array.from({ length: 8 }, () => spawn(process.execPath, ['--input-type=module', '-e', script]));
		const said = await Promise.all(
			children.map(
				(child) =>
					new Promise<string>((resolve) => child.stdout.once('data', (part: Buffer) => resolve(part.toString().trim())))
			)
		);
		children.forEach((child) => child.kill('SIGKILL'));
		expect(said.sort()).toEqual(['mine', ...Array<string>(7).fill('start/locked')]);
	});
});
