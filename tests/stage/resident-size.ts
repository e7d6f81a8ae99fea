import { readFile } from 'node:fs/promises';

/** Milliseconds between two looks. */
const EVERY = 50;

/** The resident size of a process in bytes. */
export async function residentSize(process: number): Promise<number> {
	const status = await readFile(`/proc/${process}/status`, 'utf8');
	return Number(/VmRSS:\s*(\d+) kB/.exec(status)?.[1]) * 1024;
}

/**
 * Looks at the resident size of a process from now on.
 * @returns how to end that: bytes at the beginning, and by how much it grew at most
 */
export function peakOf(process: number): { end(): Promise<{ before: number; growth: number }> } {
	const looked: number[] = [];
	const look = async () => looked.push(await residentSize(process));
	let last: Promise<unknown> = look();
	const timer = setInterval(() => (last = look()), EVERY);
	return {
		async end() {
			clearInterval(timer);
			await last;
			const [before = 0] = looked;
			return { before, growth: Math.max(...looked) - before };
		}
	};
}
