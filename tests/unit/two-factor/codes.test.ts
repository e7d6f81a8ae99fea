import { createHmac, createSecretKey } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { hashRecoveryCode, newRecoveryCodes } from '../../../src/lib/server/two-factor/recovery-codes.ts';
import { createProver, proofKeys } from '../../../src/lib/server/two-factor/prover.ts';
import { drawSecret, stepOf, writeSecret } from '../../../src/lib/server/two-factor/totp.ts';
import { codeOf } from '../../server/two-step.ts';

describe('a code', () => {
	/** RFC 6238, appendix B, SHA-1: of its eight digits the last six. */
	const vectors = [
		[59, '94287082'],
		[1111111109, '07081804'],
		[1111111111, '14050471'],
		[1234567890, '89005924'],
		[2000000000, '69279037'],
		[20000000000, '65353130']
	] as const;
	const secret = new TextEncoder().encode('12345678901234567890');

	test.each(vectors)('of the published vectors is right at %d seconds', (seconds, code) => {
		expect(stepOf(secret, code.slice(2), seconds * 1000)).toBe(Math.floor(seconds / 30));
		expect(codeOf(writeSecret(secret, '').secret, Math.floor(seconds / 30))).toBe(code.slice(2));
	});

	test('is taken one step early and one step late, and no more', () => {
		const [, code] = vectors[1];
		const now = (off: number) => (1111111109 + off * 30) * 1000;
		const taken = [-2, -1, 0, 1, 2].map((off) => stepOf(secret, code.slice(2), now(off)));
		expect(taken).toEqual([null, 37037036, 37037036, 37037036, null]);
	});

	test('of another secret is none', () => {
		expect(stepOf(drawSecret(), '081804', 1111111109_000)).toBeNull();
	});

	test('is made by any app from what the person scans or types', () => {
		const { secret: typed, uri } = writeSecret(drawSecret(), 'ana+1@example.org');
		expect(typed).toMatch(/^[A-Z2-7]{32}$/);
		const url = new URL(uri);
		expect(decodeURIComponent(url.pathname)).toBe('/Arca:ana+1@example.org');
		const { secret: scanned, issuer, digits, period, algorithm } = Object.fromEntries(url.searchParams);
		expect({ scanned, issuer, digits, period, algorithm }).toEqual({
			...{ scanned: typed, issuer: 'Arca', digits: '6', period: '30', algorithm: 'SHA1' }
		});
	});
});

describe('recovery codes', () => {
	test('are ten of 120 bits, none like another', () => {
		const { codes, hashes } = newRecoveryCodes();
		for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){5}$/);
		expect(new Set(codes).size).toBe(10);
		expect(hashes).toMatch(/^[0-9a-f]{64}(,[0-9a-f]{64}){9}$/);
	});

	test('are read as people type them, and as nothing else', () => {
		const hash = hashRecoveryCode('01AB-CDEF-GHJK-MNPQ-RSTV-WXYZ');
		expect(hash).toBeDefined();
		for (const typed of [
			'01abcdefghjkmnpqrstvwxyz',
			'OIAB CDEF GHJK MNPQ RSTV WXYZ',
			' oLab-cdef-ghjk-mnpq-rstv-wxyz '
		])
			expect(hashRecoveryCode(typed)).toBe(hash);
		expect(hashRecoveryCode('01AB-CDEF-GHJK-MNPQ-RSTV-WXYA')).not.toBe(hash);
		for (const typed of [
			'',
			'01AB-CDEF-GHJK-MNPQ',
			'01AB-CDEF-GHJK-MNPQ-RSTV-WXYU',
			'01AB-CDEF-GHJK-MNPQ-RSTV-WXYZZ',
			'123456'
		])
			expect(hashRecoveryCode(typed)).toBeUndefined();
	});
});

describe('a proof', () => {
	const ring = { active: 2, keys: new Map([2, 1].map((id) => [id, createSecretKey(Buffer.alloc(32, id))])) };
	const person = { id: 'a person', session: 'a session' };

	test('is over what the database checks, by the key of its purpose', () => {
		const { kid, nonce, expiry, mac } = createProver(ring, () => 1_000_000).prove('elevate', person, '37037036');
		const key = proofKeys(ring).find((one) => one.kid === 2 && one.purpose === 'elevate')?.key ?? '';
		const said = `elevate|v1|2|a person|a session|37037036|${nonce}|${expiry}`;
		expect([kid, expiry]).toEqual([2, 1_120]);
		expect(mac).toBe(createHmac('sha256', key).update(said).digest('base64url'));
	});

	test('has a nonce of its own, and no two purposes or system keys share a key', () => {
		const prover = createProver(ring);
		expect(prover.prove('begin', person, 'on').nonce).not.toBe(prover.prove('begin', person, 'on').nonce);
		const keys = proofKeys(ring).map(({ key }) => key.toString('hex'));
		expect(new Set(keys).size).toBe(keys.length);
		const purposes = new Set(proofKeys(ring).map(({ purpose }) => purpose));
		expect([purposes.size > 8, keys.length]).toEqual([true, 2 * purposes.size]);
	});
});
