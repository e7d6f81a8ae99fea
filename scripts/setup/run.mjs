import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './root.mjs';

export { root };

/** The Node that the lock file brings (24), not the one that happens to run this set-up (20 or newer). */
export const node = join(root, 'node_modules', '.bin', 'node');

/** Says in one line what is being done. */
export function say(line) {
	console.log(`arca: ${line}`);
}

/** Ends the command with one clear sentence. */
export function fail(sentence) {
	console.error(`arca: ${sentence}`);
	process.exit(1);
}

/** True where a program of that name can be started. */
export function has(program) {
	return spawnSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' }).status === 0;
}

/** The environment of everything that is started: the project's own programs come first. */
export function environment(more = {}) {
	const path = `${join(root, 'node_modules', '.bin')}:${process.env.PATH ?? ''}`;
	return { ...process.env, PATH: path, ...more };
}

/**
 * Runs a program to its end.
 * @param {string} program
 * @param {string[]} args
 * @param {{ env?: Record<string, string | undefined>, quiet?: boolean }} [options] quiet: its output is shown only if it fails
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run(program, args, { env = {}, quiet = false } = {}) {
	return new Promise((resolve) => {
		const child = spawn(program, args, {
			cwd: root,
			env: environment(env),
			stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit']
		});
		let output = '';
		child.stdout?.on('data', (part) => (output += part));
		child.stderr?.on('data', (part) => (output += part));
		child.on('error', (error) => resolve({ code: 127, output: String(error) }));
		child.on('close', (code) => resolve({ code: code ?? 1, output }));
	});
}

/** Runs a program quietly and ends the command with its output and a sentence when it fails. */
export async function must(program, args, sentence, options = {}) {
	const { code, output } = await run(program, args, { quiet: true, ...options });
	if (code !== 0) {
		if (output) console.error(output);
		fail(sentence);
	}
	return output;
}

/** Starts a program that lives as long as this one, hands signals on to it, and ends with its code. */
export function become(program, args, env = {}) {
	const child = spawn(program, args, { cwd: root, env: environment(env), stdio: 'inherit' });
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
	child.on('close', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
}
