import type { DecodedText } from '../decode-text.ts';
import { readOfx } from '../ofx/read-ofx.ts';
import { readQif } from '../qif/read-qif.ts';
import type { Ledger } from './ledger.ts';

/** Characters looked at. */
const HEAD = 20_000;

/**
 * The format a text has, by what stands in it and not by its file's name; null where it is none that says itself what
 * each thing in it is.
 */
export function ledgerFormatOf(text: string): Ledger['format'] | null {
	const head = text.slice(0, HEAD);
	if (/^\s*!(?:type|account|option|clear)\b/i.test(head)) return 'qif';
	if (/^\s*OFXHEADER\s*:/i.test(head)) return 'ofx';
	// XML: whatever may stand before its root does not count, but OFX's own instruction does.
	const root = head.replace(/<[?!][^>]*>|\]>/g, (markup) => (/^<\?OFX\b/i.test(markup) ? '<OFX>' : ''));
	return /^\s*<OFX[\s>]/i.test(root) ? 'ofx' : null;
}

/**
 * Reads OFX, QFX or QIF.
 * @throws ImportError `import/no-statement`, `import/too-many-rows`
 */
export function openLedger(format: Ledger['format'], { text, encoding, unreadable }: DecodedText): Ledger {
	return { format, encoding, unreadable, ...(format === 'ofx' ? readOfx(text) : readQif(text)) };
}
