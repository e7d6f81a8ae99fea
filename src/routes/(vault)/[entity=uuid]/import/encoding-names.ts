import type { Encoding } from '$lib/import/index.ts';
import { encodings } from '$lib/import/index.ts';

const NAMES: Readonly<Record<Encoding, string>> = {
	'utf-8': 'UTF-8',
	'windows-1252': 'Windows-1252',
	'utf-16le': 'UTF-16 LE',
	'utf-16be': 'UTF-16 BE',
	'windows-1250': 'Windows-1250',
	'windows-1251': 'Windows-1251'
};

/** The encodings one can choose, with names that are the same in every language. */
export const encodingOptions = encodings.map((value) => ({ value, label: NAMES[value] }));
