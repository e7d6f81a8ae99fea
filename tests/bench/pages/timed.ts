/**
 * Milliseconds that work took. What was done before it leaves nothing to collect meanwhile, where the browser was started
 * so that a page may ask for that.
 */
export async function timed(work: () => Promise<unknown>): Promise<number> {
	(globalThis as { gc?: () => void }).gc?.();
	const start = performance.now();
	await work();
	return performance.now() - start;
}

/** Rows of at most `size` values, in order. */
export function cut<T>(all: readonly T[], size: number): T[][] {
	return Array.from({ length: Math.ceil(all.length / size) }, (_, at) => all.slice(at * size, (at + 1) * size));
}
