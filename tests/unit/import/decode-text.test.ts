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
	expect(decodeText(bytes)).toEqual({ text, encoding, unreadable: [] });
});

const scripts = {
	Cyrillic: 'Дата;Описание;Сумма\r\n01.02.2024;Пятёрочка на Невском проспекте;-350,00\r\n',
	Greek: 'Ημερομηνία;Περιγραφή;Ποσό\r\n01/02/2024;Σκλαβενίτης Αθήνα;-12,50\r\n',
	Chinese: '交易日期,交易说明,金额\n2024-02-01,北京市朝阳区一家非常好吃的餐厅消费支出,-88.00\n',
	Japanese: '日付\t摘要\t金額\n2024/02/01\tセブン－イレブン\t-540\n',
	Hebrew: 'תאריך,תיאור,סכום\n01/02/2024,סופרמרקט,-99.90\n'
};

test.for(
	Object.entries(scripts).flatMap(([script, whole]) => [[script, 'le', whole] as const, [script, 'be', whole] as const])
)('%s in UTF-16%s without a mark is told by its digits and separators', ([, order, whole]) => {
	expect(decodeText(utf16(whole, order, false))).toEqual({ text: whole, encoding: `utf-16${order}`, unreadable: [] });
});

test('a broken byte leaves the rest of a UTF-8 file as it is, and its line is named', () => {
	const whole = Buffer.from(
		'Fecha;Concepto;Importe\r\n01/02/2024;Café Ñandú;-1,50\r\n02/02/2024;Peluquería X;-9,00\r\n'
	);
	whole[whole.indexOf('X')] = 0xe9;
	const { text, encoding, unreadable } = decodeText(whole);
	expect([encoding, unreadable]).toEqual(['utf-8', [3]]);
	expect(text).toContain('Café Ñandú');
	expect(text).toContain('Peluquería \ufffd');
});

test('a Windows-1252 file in which two letters happen to be one of UTF-8 is no UTF-8', () => {
	const bytes = Buffer.from('Müller;Ärzte;Café;Ã©;Straße\n', 'latin1');
	expect(decodeText(bytes)).toMatchObject({ encoding: 'windows-1252', unreadable: [] });
});

test('bytes that are not UTF-8 are Windows-1252, its own signs included', () => {
	const bytes = Uint8Array.from([0x4d, 0xfc, 0x6c, 0x6c, 0x65, 0x72, 0x20, 0x80, 0x20, 0x96]);
	expect(decodeText(bytes)).toEqual({ text: 'Müller € –', encoding: 'windows-1252', unreadable: [] });
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
