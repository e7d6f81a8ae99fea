import { argon2id } from '@noble/hashes/argon2.js';
import { argon2 } from 'node:crypto';
import type { Argon2 } from '../../../src/lib/crypto/kdf.ts';

/** Argon2id by OpenSSL. What the key worker derives with has tests of its own, against these two's vectors. */
export const nodeArgon2: Argon2 = async (password, salt, { m, t, p }) =>
	new Promise((resolve, reject) => {
		const given = { message: password, nonce: salt, parallelism: p, tagLength: 32, memory: m, passes: t };
		argon2('argon2id', given, (error, key) => (error ? reject(error) : resolve(new Uint8Array(key))));
	});

/** Argon2id by a second author, in plain JavaScript. */
export const nobleArgon2: Argon2 = (password, salt, { m, t, p }) =>
	Promise.resolve(new Uint8Array(argon2id(password, salt, { m, t, p, dkLen: 32 })));
