import type { ZxcvbnFactory } from '@zxcvbn-ts/core';

/** Guesses that find a password: 0 up to 10^3, 1 up to 10^6, 2 up to 10^8, 3 up to 10^10, 4 more. */
export type Guessability = 0 | 1 | 2 | 3 | 4;

let loading: Promise<ZxcvbnFactory> | undefined;

/**
 * How many guesses find a password, by zxcvbn (Wheeler, "zxcvbn: Low-Budget Password Strength Estimation", USENIX Security
 * 2016). Its lists are large: they are loaded at the first call.
 */
export async function guessability(password: string): Promise<Guessability> {
	return (await (loading ??= load())).check(password).score;
}

async function load(): Promise<ZxcvbnFactory> {
	const [core, common, english, spanish] = await Promise.all([
		import('@zxcvbn-ts/core'),
		import('@zxcvbn-ts/language-common'),
		import('@zxcvbn-ts/language-en'),
		import('@zxcvbn-ts/language-es-es')
	]);
	return new core.ZxcvbnFactory({
		dictionary: { ...common.dictionary, ...english.dictionary, ...spanish.dictionary },
		graphs: common.adjacencyGraphs
	});
}
