import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromBase64url, toBase64url } from '../../../src/lib/crypto/base64url.ts';
import { fromHex, toHex } from '../../../src/lib/crypto/hex.ts';
import { readU32, writeU32 } from '../../../src/lib/crypto/u32.ts';
import { borrowUtf8, fromUtf8, toUtf8 } from '../../../src/lib/crypto/utf8.ts';
import { isUuid, uuidBytes, uuidText } from '../../../src/lib/crypto/uuid.ts';
import { bodyBytes, bodyText } from '../../../src/lib/server/system-layer/body-text.ts';
import { expectRefusal } from './refusals.ts';
import { runs } from './soak.ts';

/** Text that is nearly base64url: its alphabet, the other base64 alphabet, padding, white space and beyond. */
const nearly = fc.string({ unit: fc.constantFrom(...'ABCXYZabcxyz0189-_+/= \n\0é€Ā') });

describe('base64url', () => {
	test('the examples of RFC 4648 section 10 are written and read without padding', () => {
		const examples = { '': '', f: 'Zg', fo: 'Zm8', foo: 'Zm9v', foob: 'Zm9vYg', fooba: 'Zm9vYmE', foobar: 'Zm9vYmFy' };
		for (const [plain, text] of Object.entries(examples)) {
			expect(toBase64url(toUtf8(plain))).toBe(text);
			expect(fromUtf8(fromBase64url(text))).toBe(plain);
		}
	});

	test('it is written as Node writes it, and read back', () => {
		const property = fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
			expect(toBase64url(bytes)).toBe(Buffer.from(bytes).toString('base64url'));
			expect(bodyText(bytes)).toBe(toBase64url(bytes));
			expect(fromBase64url(toBase64url(bytes))).toEqual(bytes);
			expect([...bodyBytes(toBase64url(bytes))]).toEqual([...bytes]);
		});
		fc.assert(property, runs);
	});

	test.each(['Zg==', 'Zm8=', 'Zh', 'Zm9', 'Z', 'Zm9vY', 'Zm9 v', 'Zm9v\n', '+/+/', 'Zm9v=', 'Zm9Ā', 'Zm\0v', 'éééé'])(
		'%j is refused: it is not what the bytes are written as',
		(text) => {
			expectRefusal('crypto/input', () => fromBase64url(text));
			expectRefusal('crypto/cannot-open', () => bodyBytes(text));
		}
	);

	test('whatever text is read is the one text of its bytes, and both readers agree', () => {
		const property = fc.property(nearly, (text) => {
			const canonical = Buffer.from(text, 'base64url').toString('base64url') === text;
			if (!canonical) {
				expectRefusal('crypto/input', () => fromBase64url(text));
				expectRefusal('crypto/cannot-open', () => bodyBytes(text));
				return;
			}
			expect(toBase64url(fromBase64url(text))).toBe(text);
			expect(bodyText(bodyBytes(text))).toBe(text);
		});
		fc.assert(property, runs);
	});
});

describe('hexadecimal', () => {
	test('bytes are written in lower case and read back', () => {
		const property = fc.property(fc.uint8Array(), (bytes) => {
			expect(toHex(bytes)).toBe(Buffer.from(bytes).toString('hex'));
			expect(fromHex(toHex(bytes))).toEqual(bytes);
		});
		fc.assert(property, runs);
	});

	test.each(['0', 'abc', 'AB', '0g', ' 00', '00\n', '0x00'])('%j is refused', (text) => {
		expectRefusal('crypto/input', () => fromHex(text));
	});
});

describe('ids', () => {
	test('an id has the sixteen bytes of its digits', () => {
		const property = fc.property(fc.uuid(), (id) => {
			expect(toHex(uuidBytes(id))).toBe(id.replaceAll('-', ''));
			expect(isUuid(id)).toBe(true);
			expect(uuidText(uuidBytes(id))).toBe(id);
		});
		fc.assert(property, runs);
	});

	test.each([
		['upper case', '8C46389A-349E-4E89-A23F-24C2EAB824A7'],
		['no dashes', '8c46389a349e4e89a23f24c2eab824a7'],
		['a dash elsewhere', '8c46389a3-49e-4e89-a23f-24c2eab824a7'],
		['a letter beyond f', '8c46389a-349e-4e89-a23f-24c2eab824ag'],
		['a letter beyond ASCII', '8c46389a-349e-4e89-a23f-24c2eab824aé'],
		['a dash for a digit', '8c46389a-349e-4e89-a23f-24c2eab824--'],
		['a brace', '{8c46389a-349e-4e89-a23f-24c2eab824a7}'],
		['cut', '8c46389a-349e-4e89-a23f-24c2eab824a'],
		['a line after it', '8c46389a-349e-4e89-a23f-24c2eab824a7\n'],
		['nothing', '']
	])('an id with %s is refused', (_, id) => {
		expect(isUuid(id)).toBe(false);
		expectRefusal('crypto/input', () => uuidBytes(id));
	});
});

describe('text', () => {
	test('it is read back to the character, a byte order mark and the longest texts too', () => {
		const long = fc.string({ unit: 'binary', maxLength: 8 }).map((text) => text.repeat(3_000));
		const property = fc.property(fc.oneof(fc.string({ unit: 'binary' }), long), (text) => {
			const marked = `\uFEFF${text}`;
			expect(fromUtf8(toUtf8(marked))).toBe(marked);
			expect(Buffer.from(borrowUtf8(marked)).equals(Buffer.from(marked))).toBe(true);
		});
		fc.assert(property, { numRuns: Math.min(runs.numRuns, 1000) });
	});

	test.each(['\ud800', 'a\udc00b', `${'x'.repeat(20_000)}\ud83d`])(
		'a lone surrogate is refused, not replaced',
		(text) => {
			expectRefusal('crypto/input', () => toUtf8(text));
			expectRefusal('crypto/input', () => borrowUtf8(text));
		}
	);

	test.each(['ff', 'c080', 'eda080', 'f4908080', 'e282'])('the bytes %s are refused: they are not UTF-8', (bytes) => {
		expectRefusal('crypto/input', () => fromUtf8(fromHex(bytes)));
	});
});

test('a u32 is four bytes, big-endian', () => {
	const property = fc.property(fc.nat(0xffffffff), (number) => {
		const bytes = Buffer.alloc(4);
		writeU32(number, bytes, 0);
		expect(bytes.readUInt32BE()).toBe(number);
		expect(readU32(bytes, 0)).toBe(number);
	});
	fc.assert(property, runs);
});
