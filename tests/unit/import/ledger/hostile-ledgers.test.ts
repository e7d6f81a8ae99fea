import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ImportError } from '../../../../src/lib/import/import-error.ts';
import { StatementDesk } from '../../../../src/lib/import/statement-desk.ts';
import { LIMITS } from '../../../../src/lib/import/limits.ts';
import { readOfx } from '../../../../src/lib/import/ofx/read-ofx.ts';
import { processorTime } from '../../../stage/processor-time.ts';
import type { OpenedFile } from './ledger-fixtures.ts';
import { expectationOf, fixtureBytes, fixtureNames, readFile, readText } from './ledger-fixtures.ts';

const runs = { numRuns: process.env.ARCA_SOAK ? 50_000 : 1000 };

/** What became of bytes: a reading, or the code of the refusal; anything else is thrown. */
function attempt(bytes: Uint8Array): OpenedFile | string {
	try {
		return readFile(bytes);
	} catch (error) {
		if (error instanceof ImportError) return error.code;
		throw error;
	}
}

/** The code a file is refused with. */
function refusal(bytes: Uint8Array): string {
	const outcome = attempt(bytes);
	if (typeof outcome !== 'string') throw new Error('it was read');
	return outcome;
}

test('whatever is cut out of a file, put in or turned round, it is read or refused by name', () => {
	const piece = fc.constantFrom(
		'<',
		'>',
		'</',
		'<STMTTRN>',
		'</STMTTRN>',
		'<![CDATA[',
		'&#',
		'^',
		'!Type:Bank\n',
		'\n',
		'\0',
		'€'
	);
	const change = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), cut: fc.nat(40), put: piece });
	fc.assert(
		fc.property(
			fc.constantFrom(...fixtureNames()),
			fc.array(change, { minLength: 1, maxLength: 6 }),
			(name, changes) => {
				let text = new TextDecoder('windows-1252').decode(fixtureBytes(name));
				for (const { at, cut, put } of changes) {
					const from = Math.floor(at * text.length);
					text = text.slice(0, from) + put + text.slice(from + cut);
				}
				const outcome = attempt(new TextEncoder().encode(text));
				if (typeof outcome === 'string') return;
				const { ledger, read } = outcome;
				for (const [index, { reading }] of read.accounts.entries()) {
					// Every entry is in one of the three, and every movement is one a record can hold.
					const own = ledger.accounts[index];
					const sum = reading.movements.length + reading.problems.length + reading.leftOut.length;
					expect(sum).toBe((own?.entries.length ?? 0) + (own?.leftOut.length ?? 0));
					for (const { money, parts = [] } of reading.movements) {
						expect(Number.isSafeInteger(money.minor)).toBe(true);
						const whole = parts.reduce((total, part) => total + part.minor, 0);
						if (parts.length > 0) expect(whole).toBe(money.minor);
					}
				}
			}
		),
		runs
	);
});

test('amounts come out as they went in, whatever their number, order and decimal mark', () => {
	const minor = fc.integer({ min: -99_999_999, max: 99_999_999 }).filter((each) => each !== 0);
	fc.assert(
		fc.property(fc.array(minor, { minLength: 1, maxLength: 30 }), fc.constantFrom('.', ','), (minors, mark) => {
			const entries = minors.map((each, index) => {
				const digits = String(Math.abs(each)).padStart(3, '0');
				const amount = `${each < 0 ? '-' : ''}${digits.slice(0, -2)}${mark}${digits.slice(-2)}`;
				return `<STMTTRN><DTPOSTED>20240101<TRNAMT>${amount}<FITID>${index}`;
			});
			const { read } = readText(
				`<OFX><STMTRS><CURDEF>EUR<BANKTRANLIST>${entries.join('')}</BANKTRANLIST></STMTRS></OFX>`
			);
			expect(read.accounts[0]?.reading.movements.map(({ money }) => money.minor)).toEqual(minors);
		}),
		runs
	);
});

test('no end tag need be there: without any of them a file has the same movements', () => {
	for (const name of fixtureNames().filter((each) => /\.[oq]fx$/.test(each) && each !== 'xml-two.ofx')) {
		const { answers } = expectationOf(name);
		const rowsOf = (bytes: Uint8Array) =>
			readFile(bytes, 'EUR', answers).read.accounts.map(({ reading }) =>
				reading.movements.map(({ line: _line, ...rest }) => rest)
			);
		const text = Buffer.from(fixtureBytes(name))
			.toString('latin1')
			.replace(/<\/(?!INVPOS|SECID|STMTRS|CCSTMTRS)[A-Z0-9.]+>/g, '');
		expect(rowsOf(Buffer.from(text, 'latin1')), name).toEqual(rowsOf(fixtureBytes(name)));
	}
});

const entity =
	'<!ENTITY a "aaaaaaaaaa">' +
	Array.from({ length: 30 }, (_, at) => `<!ENTITY e${at + 1} "${`&e${at};`.repeat(10)}">`).join('');
const statement = (inner: string) => `<OFX><STMTRS><CURDEF>EUR<BANKTRANLIST>${inner}</BANKTRANLIST></STMTRS></OFX>`;
const entry = '<STMTTRN><DTPOSTED>20240101<TRNAMT>-1.00<FITID>1<NAME>';

test('no entity that a file declares is expanded', () => {
	const bomb = `<?xml version="1.0"?><!DOCTYPE OFX [${entity}]>${statement(`${entry}&e30; &#65;&amp;</NAME></STMTTRN>`)}`;
	expect(readText(bomb).read.accounts[0]?.reading.movements.map(({ payee }) => payee)).toEqual(['&e30; A&']);
});

test.for([
	['a million nested unknown tags', statement(entry + '<X>'.repeat(1_000_000))],
	['a million nested known tags', statement('<STMTTRN>'.repeat(90_000) + '<PAYEE>'.repeat(1_000_000))],
	['a line of nearly all that a file may be', statement(entry + 'x'.repeat(19_000_000))],
	['opening brackets alone', statement(entry + '<'.repeat(5_000_000))],
	['tags that never end', statement(`${entry}${'<AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA '.repeat(200_000)}`)],
	['CDATA that never ends', statement(entry + '<![CDATA['.repeat(500_000))],
	['comments that never end', statement(entry + '<!--'.repeat(1_000_000))],
	['entities alone', statement(entry + '&#38;'.repeat(2_000_000))],
	['end tags alone', statement('</STMTTRN>'.repeat(1_000_000))],
	['header without end', `OFXHEADER:100${' '.repeat(5_000_000)}<OFX><STMTRS></STMTRS>`],
	['a QIF record of a million lines', `!Type:Bank\nD2024-01-01\nT1.00\n${'SFood\n$1.00\n'.repeat(500_000)}^\n`],
	['QIF line breaks alone', `!Type:Bank\nD2024-01-01\nT1.00\n${'\n'.repeat(5_000_000)}`]
] as const)('%s cost no more than a moment', { timeout: 60_000 }, ([, text]) => {
	const bytes = new TextEncoder().encode(text);
	const before = process.memoryUsage().heapUsed;
	// What grows with the square takes minutes.
	expect(processorTime(() => expect(attempt(bytes)).toBeDefined())).toBeLessThan(15_000);
	expect(process.memoryUsage().heapUsed - before).toBeLessThan(400_000_000);
});

test('a file past the limits is refused: of bytes before it is looked at, of entries, of statements', () => {
	const open = (bytes: Uint8Array) => new StatementDesk().handle({ verb: 'open', bytes, choices: {} });
	expect(() => open(new Uint8Array(LIMITS.bytes + 1))).toThrow(expect.objectContaining({ code: 'import/too-large' }));
	expect(() => readOfx(statement('<STMTTRN><FITID>1'.repeat(11)), { ...LIMITS, rows: 10 })).toThrow(
		expect.objectContaining({ code: 'import/too-many-rows' })
	);
	expect(refusal(new TextEncoder().encode(`<OFX>${'<STMTRS><CURDEF>EUR</STMTRS>'.repeat(20_000)}`))).toBe(
		'import/too-many-rows'
	);
});

test.for([
	[
		'OFX without a statement',
		'<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>15500</SONRS></SIGNONMSGSRSV1></OFX>',
		'import/no-statement'
	],
	['QIF with lists alone', '!Type:Cat\nNFood\n^\n', 'import/no-statement'],
	['another XML', '<?xml version="1.0"?><Document><OFX>no</OFX></Document>', 'import/other-format']
] as const)('%s is refused by name', ([, text, code]) => {
	expect(refusal(new TextEncoder().encode(text))).toBe(code);
});
