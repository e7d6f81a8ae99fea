import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** One of the operator's commands, as its npm script runs it. */
export interface Command {
	child: ChildProcess;
	/** What it ended with, and all it printed. */
	ended: Promise<{ code: number | null; signal: NodeJS.Signals | null; said: string }>;
}

/** Starts `backup` or `restore` with an environment of its own. */
export function startCommand(
	name: 'backup' | 'restore',
	args: string[],
	env: { [name: string]: string | undefined }
): Command {
	const child = spawn(process.execPath, [`src/lib/server/backup/${name}-command.ts`, ...args], {
		cwd: root,
		env: { PATH: process.env.PATH, ...env },
		stdio: ['ignore', 'pipe', 'pipe']
	});
	let said = '';
	child.stdout?.on('data', (part: Buffer) => (said += part.toString()));
	child.stderr?.on('data', (part: Buffer) => (said += part.toString()));
	const ended = new Promise<Awaited<Command['ended']>>((resolve) =>
		child.once('close', (code, signal) => resolve({ code, signal, said }))
	);
	return { child, ended };
}

/** Runs one to its end. */
export function runCommand(...args: Parameters<typeof startCommand>): Command['ended'] {
	return startCommand(...args).ended;
}

/** Runs one that must succeed, and gives what it said. */
export async function mustRun(...args: Parameters<typeof startCommand>): Promise<string> {
	const { code, said } = await runCommand(...args);
	if (code !== 0) throw new Error(`${args[0]} ended with ${code}: ${said}`);
	return said;
}
