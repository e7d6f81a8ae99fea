import type { ZxcvbnFactory } from '@zxcvbn-ts/core';

/** How many characters a password must have besides the words of its context. */
const OF_ITS_OWN = 8;

let loading: Promise<ZxcvbnFactory> | undefined;

/**
 * Whether a new sign-in password is among the first that are tried (ASVS 5.0, 6.2.4, 6.2.11, 6.2.12): one of 49,000 that
 * leaked and are common, also with digits behind it, capitals and look-alikes; a row of keys, a repetition, a date; or
 * little more than words of its context. What is left is estimated by zxcvbn (Wheeler, USENIX Security 2016), of whose
 * lists this loads a tenth of what `guessability` does: a password is refused that a million guesses find.
 * @param context what everybody knows: the address of the account, the name of the app and of the installation.
 */
export async function easilyGuessed(password: string, context: readonly string[]): Promise<boolean> {
	const normal = password.normalize('NFKC').toLowerCase();
	const words = wordsOf(context);
	let own = normal;
	for (const word of words) own = own.replaceAll(word, '');
	if (own !== normal && [...own].length < OF_ITS_OWN) return true;
	return (await (loading ??= load())).check(normal, words).score <= 1;
}

/** The context's words from three letters on, the longest first: those that hold others go before them. */
function wordsOf(context: readonly string[]): string[] {
	const whole = context.map((text) => text.normalize('NFKC').toLowerCase());
	const parts = whole.flatMap((text) => [text, ...text.split('@'), ...text.split(/[^\p{L}]+/u)]);
	return [...new Set(parts)].filter((word) => word.length >= 3).sort((one, other) => other.length - one.length);
}

async function load(): Promise<ZxcvbnFactory> {
	const [core, common] = await Promise.all([import('@zxcvbn-ts/core'), import('@zxcvbn-ts/language-common')]);
	return new core.ZxcvbnFactory({ dictionary: common.dictionary, graphs: common.adjacencyGraphs });
}
