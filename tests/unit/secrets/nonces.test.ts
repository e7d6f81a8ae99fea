import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { repeatedNonces } from '../../secrets/nonces.ts';
import type { Exchange } from '../../stage/front.ts';

const nonce = randomBytes(12);
const envelope = (with_ = nonce): string =>
	Buffer.concat([Buffer.from([1, 0x55, 0, 0, 0, 1]), with_, randomBytes(300)]).toString('base64url');
const wrapped = (with_ = nonce): string => Buffer.concat([with_, randomBytes(48)]).toString('base64url');
const sent = (body: unknown): Exchange => ({
	head: 'POST /',
	body: Buffer.from(JSON.stringify(body)),
	status: 200,
	answerHead: '',
	answer: Buffer.alloc(0)
});
const push = (...bodies: string[]): Exchange => sent({ changes: bodies.map((sealed) => ({ sealed })) });

test('a nonce with two bodies is found, in one request and in two, and a body sent again is none', () => {
	const body = envelope();
	expect(repeatedNonces([push(body), push(body, envelope(randomBytes(12)))])).toEqual([]);
	expect(repeatedNonces([push(body), push(envelope())])).toEqual([nonce.toString('hex')]);
	expect(repeatedNonces([push(body, envelope())])).toEqual([nonce.toString('hex')]);
});

test('a nonce that wraps two keys is found, and a grant, which has none, is not taken for a body', () => {
	const slots = (accountKey: string) => sent({ slots: { password: { accountKey } } });
	expect(repeatedNonces([slots(wrapped()), slots(wrapped())])).toEqual([nonce.toString('hex')]);
	expect(repeatedNonces([slots(wrapped(randomBytes(12))), slots(wrapped(randomBytes(12)))])).toEqual([]);
	const grant = Buffer.concat([Buffer.alloc(6, 9), nonce]);
	expect(
		repeatedNonces([push(envelope()), push(Buffer.concat([grant, randomBytes(9)]).toString('base64url'))])
	).toEqual([]);
});
