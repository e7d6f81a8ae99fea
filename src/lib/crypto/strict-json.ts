import { CryptoError } from './crypto-error.ts';
import { fromUtf8 } from './utf8.ts';

/** A string, a number, a bracket or a comma; blanks, colons and the three words fall between. */
const token = /"(?:[^"\\]|\\.)*"|-?\d[-+.\deE]*|[{}[\],]/g;
const wholeNumber = /^(?:0|[1-9]\d*)$/;

/**
 * The value of JSON in which every text has one meaning for every reader: no key twice in an object, however it is
 * escaped, and no number but whole ones in plain digits (readers differ on which of two members they take, and on what
 * 1e0 is).
 * @throws CryptoError `crypto/input` on anything else.
 */
export function readStrictJson(bytes: Uint8Array): unknown {
	const text = fromUtf8(bytes);
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		throw new CryptoError('crypto/input');
	}
	checkTokens(text);
	return value;
}

/** Walks through text that is JSON. A string is a key where an object awaits one: after `{`, and after `,` in it. */
function checkTokens(text: string): void {
	const open: (Set<string> | undefined)[] = [];
	let awaitsKey = false;
	for (const [found] of text.matchAll(token)) {
		const keys = open.at(-1);
		if (found === '{' || found === '[') open.push(found === '{' ? new Set() : undefined);
		else if (found === '}' || found === ']') open.pop();
		else if (found.startsWith('"')) {
			if (awaitsKey && keys) addOnce(keys, JSON.parse(found) as string);
		} else if (found !== ',' && !wholeNumber.test(found)) throw new CryptoError('crypto/input');
		awaitsKey = found === '{' || (found === ',' && keys !== undefined);
	}
}

function addOnce(keys: Set<string>, key: string): void {
	if (keys.has(key)) throw new CryptoError('crypto/input');
	keys.add(key);
}
