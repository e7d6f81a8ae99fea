import { createDecipheriv, hkdfSync } from 'node:crypto';
import { expect } from 'vitest';
import { unwrapAccountKey, wrapAccountKey } from '../../../src/lib/crypto/account-key.ts';
import type { Slot } from '../../../src/lib/crypto/account-key.ts';
import type { Bytes } from '../../../src/lib/crypto/bytes.ts';
import { hkdf } from '../../../src/lib/crypto/hkdf.ts';
import { checkParameters, noParameters, parameterBytes } from '../../../src/lib/crypto/kdf.ts';
import type { KdfParameters } from '../../../src/lib/crypto/kdf.ts';
import { checkNewPassword } from '../../../src/lib/crypto/password-rules.ts';
import { readRecoveryCode, writeRecoveryCode } from '../../../src/lib/crypto/recovery-code.ts';
import { passwordBytes, recoveryRoot, rootKey } from '../../../src/lib/crypto/root-key.ts';
import { checkToken, makeToken } from '../../../src/lib/crypto/token.ts';
import { nobleArgon2, nodeArgon2 } from './argon2.ts';
import { fromHexText } from './cast.ts';
import { expectLaterRefusal, expectRefusal } from './refusals.ts';
import { soak } from './soak.ts';
import { text, vectorNamed } from './vectors.ts';
import type { Vector } from './vectors.ts';

type Expected = Record<'root' | 'wrap' | 'P' | 'token', string>;

const hex = (of: Uint8Array): string => Buffer.from(of).toString('hex');
const bytesOf = (vector: Vector, input: string): Bytes => fromHexText(text(vector, input));
const parametersOf = (vector: Vector, input = 'params'): KdfParameters => vector[input] as KdfParameters;

function slotOf(vector: Vector, name = text(vector, 'slot')): Slot {
	const [user, salt] = [text(vector, 'user'), bytesOf(vector, 'salt')];
	return { name: name as Slot['name'], user, salt, parameters: parametersOf(vector) };
}

/** What follows from a root key, by our code and by Node's HKDF. */
async function expectDerived(vector: Vector, root: Bytes, parameters: KdfParameters): Promise<void> {
	const [salt, expected] = [bytesOf(vector, 'salt'), vector.expect as Expected];
	const P = parameterBytes(parameters, salt);
	const derived = {
		root: hex(root),
		wrap: hex(await hkdf(root, 'arca/1 wrap')),
		P: hex(P),
		token: hex(await makeToken(root, salt, parameters))
	};
	expect(derived).toEqual(expected);
	const byNode = (info: Buffer | string) => hex(new Uint8Array(hkdfSync('sha256', root, '', info, 32)));
	expect(byNode('arca/1 wrap')).toBe(expected.wrap);
	expect(byNode(Buffer.concat([Buffer.from('arca/1 token\0'), P]))).toBe(expected.token);
}

async function deriveRoot(vector: Vector): Promise<void> {
	const password = passwordBytes(text(vector, 'password'));
	expect(hex(password)).toBe(vector['passwordBytes']);
	const [salt, parameters] = [bytesOf(vector, 'salt'), parametersOf(vector)];
	await expectDerived(vector, await rootKey(nodeArgon2, password, salt, parameters), parameters);
	// The second implementation takes seconds: here for the first vector only, for all in the long campaigns.
	if (soak || vector.name === 'password 0, parameters 0')
		expect(hex(await nobleArgon2(password, salt, parameters))).toBe((vector.expect as Expected).root);
}

async function deriveRecoveryRoot(vector: Vector): Promise<void> {
	const root = await recoveryRoot(bytesOf(vector, 'code'), bytesOf(vector, 'salt'));
	await expectDerived(vector, root, noParameters);
}

function checkVectorParameters(vector: Vector): void {
	const seen = vector['seen'] === undefined ? undefined : parametersOf(vector, 'seen');
	const check = () => checkParameters(parametersOf(vector), bytesOf(vector, 'salt'), seen);
	if (vector.expect === 'accept') expect(check()).toBe(undefined);
	else expectRefusal('crypto/kdf-parameters', check);
}

async function newPassword(vector: Vector): Promise<void> {
	const signIn = vector['signIn'] === undefined ? undefined : text(vector, 'signIn');
	const check = checkNewPassword(text(vector, 'password'), signIn);
	if (vector.expect === 'accept') expect(await check).toBe(undefined);
	else await expectLaterRefusal('crypto/password', check);
}

async function compareToken(vector: Vector): Promise<void> {
	const [root, salt, token] = [bytesOf(vector, 'root'), bytesOf(vector, 'salt'), bytesOf(vector, 'token')];
	const check = checkToken(root, salt, parametersOf(vector), token);
	if (vector.expect === 'accept') expect(await check).toBe(undefined);
	else await expectLaterRefusal('crypto/cannot-open', check);
}

/** Wraps by WebCrypto; Node's own cipher opens it. */
async function wrap(vector: Vector): Promise<void> {
	const [slot, root, nonce] = [slotOf(vector), bytesOf(vector, 'root'), bytesOf(vector, 'nonce')];
	const { token, wrapped } = await wrapAccountKey(slot, root, bytesOf(vector, 'accountKey'), nonce);
	expect({ token: hex(token), wrapped: hex(wrapped) }).toEqual(vector.expect);
	const key = new Uint8Array(hkdfSync('sha256', root, '', 'arca/1 wrap', 32));
	const label = Buffer.from(`arca/1 account-key\0${slot.name}\0`);
	const user = Buffer.from(slot.user.replaceAll('-', ''), 'hex');
	const aad = Buffer.concat([label, user, parameterBytes(slot.parameters, slot.salt), token]);
	const cipher = createDecipheriv('aes-256-gcm', key, nonce).setAAD(aad).setAuthTag(wrapped.subarray(-16));
	const opened = Buffer.concat([cipher.update(wrapped.subarray(12, -16)), cipher.final()]);
	expect(opened.toString('hex')).toBe(vector['accountKey']);
}

async function unwrap(vector: Vector): Promise<string> {
	const [token, wrapped] = [bytesOf(vector, 'token'), bytesOf(vector, 'wrapped')];
	return hex(await unwrapAccountKey(slotOf(vector), bytesOf(vector, 'root'), token, wrapped));
}

/** From the password to the account key; parameters are checked before anything is derived. */
async function unlock(vector: Vector): Promise<string> {
	const slot = slotOf(vector, 'password');
	const root = await rootKey(nodeArgon2, passwordBytes(text(vector, 'password')), slot.salt, slot.parameters);
	return hex(await unwrapAccountKey(slot, root, bytesOf(vector, 'token'), bytesOf(vector, 'wrapped')));
}

/** Refuses what is to be refused, with one error, and then opens the right one. */
function opening(right: string, open: (vector: Vector) => Promise<string>): (vector: Vector) => Promise<void> {
	return async (vector) => {
		const good = vector.expect === 'refuse' ? vectorNamed('account-key', right) : vector;
		if (vector.expect === 'refuse') {
			const notAllowed = /the other slot|weakened/.test(vector.name);
			await expectLaterRefusal(notAllowed ? 'crypto/kdf-parameters' : 'crypto/cannot-open', open(vector));
		}
		expect(await open(good)).toBe(good.expect);
	};
}

export const accountRunners = {
	kdf: {
		'root-key': deriveRoot,
		'recovery-root': deriveRecoveryRoot,
		'check-parameters': checkVectorParameters,
		'new-password': newPassword
	},
	token: {
		make: async (vector: Vector): Promise<void> => {
			const made = makeToken(bytesOf(vector, 'root'), bytesOf(vector, 'salt'), parametersOf(vector));
			expect(hex(await made)).toBe(vector.expect);
		},
		check: compareToken
	},
	'account-key': { wrap, unwrap: opening('password: opens', unwrap), unlock: opening('unlock', unlock) },
	'recovery-code': {
		write: (vector: Vector): void => {
			expect(writeRecoveryCode(bytesOf(vector, 'code'))).toBe(vector.expect);
		},
		read: (vector: Vector): void => {
			if (vector.expect === 'refuse')
				expectRefusal('crypto/recovery-code', () => readRecoveryCode(text(vector, 'text')));
			else expect(hex(readRecoveryCode(text(vector, 'text')))).toBe(vector.expect);
		}
	}
};
