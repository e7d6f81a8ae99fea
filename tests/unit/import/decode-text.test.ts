import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeText } from '../../../src/lib/import/decode-text.ts';

const text = 'Fecha;Concepto;Importe\n01/02/2024;Café “Ñandú” – €;-1,50\n';

function utf16(value: string, order: 'le' | 'be', mark: boolean): Uint8Array {
	const bytes = Buffer.from((mark ? '\ufeff' : '') + value, 'utf16le');
	return order === 'le' ? bytes : bytes.swap16();
}

test.for([
	['utf-8', Buffer.from(text)],
	['utf-8', Buffer.from('\ufeff' + text)],
	['utf-16le', utf16(text, 'le', true)],
	['utf-16le', utf16(text, 'le', false)],
	['utf-16be', utf16(text, 'be', true)],
	['utf-16be', utf16(text, 'be', false)]
] as const)('%s is told by its bytes, and its mark is no part of the text', ([encoding, bytes]) => {
	expect(decodeText(bytes)).toEqual({ text, encoding });
});

test('bytes that are not UTF-8 are Windows-1252, its own signs included', () => {
	const bytes = Uint8Array.from([0x4d, 0xfc, 0x6c, 0x6c, 0x65, 0x72, 0x20, 0x80, 0x20, 0x96]);
	expect(decodeText(bytes)).toEqual({ text: 'Müller € –', encoding: 'windows-1252' });
});

test('the encoding can be chosen against the guess', () => {
	expect(decodeText(Buffer.from('Ã'), 'windows-1252').text).toBe('Ãƒ');
});

test('any text of letters and digits in UTF-16 without a mark comes back', () => {
	const lines = fc.array(fc.stringMatching(/^[ -~]{4,40}$/), { minLength: 1 });
	fc.assert(
		fc.property(lines, fc.constantFrom('le' as const, 'be' as const), (rows, order) => {
			const whole = 'date,amount\n' + rows.join('\n');
			expect(decodeText(utf16(whole, order, false)).text).toBe(whole);
		})
	);
});

test.for([
	['a workbook', [0x50, 0x4b, 3, 4, 0, 0], 'import/workbook'],
	['an old workbook', [0xd0, 0xcf, 0x11, 0xe0, 0xa1], 'import/workbook'],
	['a PDF', [0x25, 0x50, 0x44, 0x46, 0x2d], 'import/pdf'],
	['a picture', [0x89, 0x50, 0, 0x47, 0x0d, 0, 0, 0x0a, 0, 0], 'import/not-text'],
	['nothing', [], 'import/empty'],
	['blanks alone', [32, 10, 32], 'import/empty']
] as const)('%s is refused by name', ([, bytes, code]) => {
	expect(() => decodeText(Uint8Array.from(bytes))).toThrow(expect.objectContaining({ code }));
});
