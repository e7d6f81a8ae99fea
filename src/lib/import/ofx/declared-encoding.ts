import type { Encoding } from '../decode-text.ts';

/**
 * The code page that the head of an OFX or XML file names, for bytes that are no Unicode: `CHARSET:1251`,
 * `encoding="windows-1251"`. Only pages that cannot be told from Windows-1252 by their bytes are looked for. What a
 * file says of Unicode is not: files say 1252 and are UTF-8, and the other way about, and their bytes tell.
 */
export function declaredEncoding(bytes: Uint8Array): Encoding | null {
	const head = new TextDecoder('windows-1252').decode(bytes.subarray(0, 1000));
	const page =
		/^\s*OFXHEADER[\s\S]*?CHARSET:\s*(?:CP|WINDOWS-)?(125[01])\b/i.exec(head) ??
		/encoding=["']windows-(125[01])["']/i.exec(head);
	if (page === null) return null;
	return page[1] === '1250' ? 'windows-1250' : 'windows-1251';
}
