import fc from 'fast-check';
import { expect, test } from 'vitest';
import { attachment, fileName } from '../../../src/lib/files/attachment.ts';

test('a name is given whole, and in plain letters for what reads no more', () => {
	expect(attachment('Resguardo año 2026 (copia).pdf')).toBe(
		`attachment; filename="Resguardo ano 2026 (copia).pdf"; filename*=UTF-8''Resguardo%20a%C3%B1o%202026%20%28copia%29.pdf`
	);
});

test('a name is no path, turns no letters round and hides nothing', () => {
	expect(fileName('../../etc/passwd')).toBe('_.._etc_passwd');
	expect(fileName('C:\\a\\b.txt')).toBe('C__a_b.txt');
	expect(fileName('invoice\u202egpj.exe')).toBe('invoice_gpj.exe');
	expect(fileName('...')).toBe('file');
});

test('a long name keeps its ending', () => {
	expect(fileName(`${'é'.repeat(300)}.pdf`)).toBe(`${'é'.repeat(196)}.pdf`);
});

test('no name makes another header, another parameter or an invalid one', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => {
			expect(attachment(name)).toMatch(
				/^attachment; filename="[^"\\%\x7f-\uffff]*"; filename\*=UTF-8''[\w.~!%+&#$^`|{}-]+$/
			);
			expect(() => new Headers({ 'content-disposition': attachment(name) })).not.toThrow();
		})
	);
});
