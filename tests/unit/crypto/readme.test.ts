import { argon2Sync, createCipheriv, createHash, createPrivateKey, createPublicKey, hkdfSync } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { XWing } from '@noble/post-quantum/hybrid.js';
import { describe, expect, test } from 'vitest';
import { wrapAccountKey } from '../../../src/lib/crypto/account-key.ts';
import { CryptoError } from '../../../src/lib/crypto/crypto-error.ts';
import { publicIdentity } from '../../../src/lib/crypto/identity.ts';
import { defaultParameters } from '../../../src/lib/crypto/kdf.ts';
import { writeRecoveryCode } from '../../../src/lib/crypto/recovery-code.ts';
import { passwordBytes, rootKey } from '../../../src/lib/crypto/root-key.ts';
import { safetyNumber } from '../../../src/lib/crypto/safety-number.ts';
import { parseSystemKeys, SystemLayer } from '../../../src/lib/server/system-layer/index.ts';
import { nodeArgon2 } from './argon2.ts';

const folder = new URL('../../../src/lib/crypto/', import.meta.url);
const page = readFileSync(new URL('README.md', folder), 'utf8');

/** The value that the page's table has for a thing. */
function given(thing: string): string {
	const found = page.split('\n').find((line) => line.startsWith(`| ${thing} `));
	const value = /`(.+)` *\|$/.exec(found ?? '')?.[1];
	if (!value) throw new Error(`the page has no ${thing}`);
	return value;
}

const hex = (text: string): Buffer => Buffer.from(text, 'hex');
const idBytes = (id: string): Buffer => hex(id.replaceAll('-', ''));

describe('the worked example of the format page', () => {
	const systemKey = hex(given('system key 1'));
	const revision = BigInt(given('revision'));
	const nonce = hex(given('nonce'));

	/** The page followed by hand, with none of the code it describes. */
	function byHand() {
		const key = Buffer.from(hkdfSync('sha256', systemKey, idBytes(given('entity')), 'arca/1 system', 32));
		const header = hex('015300000001');
		const number = Buffer.alloc(8);
		number.writeBigUInt64BE(revision);
		const aad = Buffer.concat([
			header,
			Buffer.from('arca/1\0record\0'),
			idBytes(given('entity')),
			Buffer.from(`${given('domain')}\0`),
			idBytes(given('record')),
			number
		]);
		const json = Buffer.from(given('JSON'));
		const plain = Buffer.alloc(256);
		plain.writeUInt32BE(json.length);
		json.copy(plain, 4);
		const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(aad);
		const body = Buffer.concat([header, nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
		return { key, aad, plain, end: 4 + json.length, body: body.toString('base64url') };
	}

	test('follows from what the page says', () => {
		const { key, aad, plain, end, body } = byHand();
		expect(given('entity key')).toBe(key.toString('hex'));
		expect(given('authenticated')).toBe(aad.toString('hex'));
		expect(given('plain, then zeros to 256 bytes')).toBe(plain.subarray(0, end).toString('hex'));
		expect(given('body')).toBe(body);
	});

	test('is what the code opens', () => {
		const layer = new SystemLayer(parseSystemKeys(`1:${systemKey.toString('base64')}`));
		const place = { entity: given('entity'), domain: given('domain'), id: given('record'), revision };
		expect(layer.openRecord(place, given('body'))).toBe(given('JSON'));
		expect(() => layer.openRecord({ ...place, revision: revision + 1n }, given('body'))).toThrow(CryptoError);
	});
});

describe('the worked example of a person', () => {
	const salt = hex(given('salt'));
	const derive = (key: Uint8Array, info: Buffer | string, by: Buffer | string = ''): Buffer =>
		Buffer.from(hkdfSync('sha256', key, by, info, 32));

	test('follows from what the page says, from the password to the wrapped account key', () => {
		const [m, t, p] = given('parameters').split(', ').map(Number) as [number, number, number];
		const message = given('password').normalize('NFKC');
		const cost = { memory: m, passes: t, parallelism: p, tagLength: 32 };
		const root = argon2Sync('argon2id', { message, nonce: salt, ...cost });
		expect(given('root key')).toBe(root.toString('hex'));
		const numbers = Buffer.alloc(12);
		[m, t, p].forEach((number, at) => numbers.writeUInt32BE(number, 4 * at));
		const P = Buffer.concat([salt, numbers]);
		const token = derive(root, Buffer.concat([Buffer.from('arca/1 token\0'), P]));
		expect(given('token')).toBe(token.toString('hex'));
		const key = derive(root, 'arca/1 wrap');
		expect(given('wrap key')).toBe(key.toString('hex'));
		const label = Buffer.from('arca/1 account-key\0password\0');
		const aad = Buffer.concat([label, idBytes(given('user')), P, token]);
		const once = hex(given('wrap nonce'));
		const cipher = createCipheriv('aes-256-gcm', key, once).setAAD(aad);
		const sealed = [cipher.update(hex(given('account key'))), cipher.final(), cipher.getAuthTag()];
		expect(given('wrapped account key')).toBe(Buffer.concat([once, ...sealed]).toString('hex'));
		expect(given('bundle key')).toBe(derive(hex(given('account key')), 'arca/1 bundle').toString('hex'));
	});

	test('follows for the recovery code and the identity', () => {
		const code = hex(given('recovery code, bytes'));
		const number = BigInt(`0x${code.toString('hex')}`);
		const symbols = '0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U';
		const digits = Array.from({ length: 32 }, (_, at) =>
			symbols.charAt(Number((number >> BigInt(155 - 5 * at)) & 31n))
		);
		const text = digits.join('') + symbols.charAt(Number(number % 37n));
		expect(given('recovery code')).toBe(text.match(/.{1,4}/g)?.join('-'));
		expect(given('recovery root key')).toBe(derive(code, 'arca/1 recovery', salt).toString('hex'));
		const der = Buffer.concat([hex('302e020100300506032b657004220420'), hex(given('sign seed'))]);
		const spki = createPublicKey(createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }));
		const sign = spki.export({ format: 'der', type: 'spki' }).subarray(-32);
		const kem = XWing.getPublicKey(hex(given('kem seed')));
		const hash = createHash('sha256').update('arca/1 identity\0').update(kem).update(sign).digest('hex');
		expect(given('identity hash')).toBe(hash);
		const digest = createHash('sha512').update('arca/1 safety\0').update(kem).update(sign).digest();
		const group = (at: number) => String(digest.readUIntBE(5 * at, 5) % 100_000).padStart(5, '0');
		expect(given('safety number')).toBe(Array.from({ length: 12 }, (_, at) => group(at)).join(' '));
	});

	test('is what the code makes', async () => {
		const bytes = (thing: string) => new Uint8Array(hex(given(thing)));
		const slot = { name: 'password', user: given('user'), salt: bytes('salt'), parameters: defaultParameters } as const;
		const root = await rootKey(nodeArgon2, passwordBytes(given('password')), slot.salt, slot.parameters);
		const made = await wrapAccountKey(slot, root, bytes('account key'), bytes('wrap nonce'));
		expect(made).toEqual({ token: bytes('token'), wrapped: bytes('wrapped account key') });
		expect(writeRecoveryCode(bytes('recovery code, bytes'))).toBe(given('recovery code'));
		const identity = await publicIdentity({ kem: bytes('kem seed'), sign: bytes('sign seed') });
		expect((await safetyNumber(identity)).join(' ')).toBe(given('safety number'));
	});
});

test('the page names no file that is not there, and every error code', () => {
	const named = [...page.matchAll(/`([a-z0-9-]+\.ts)`/g)].map(([, name]) => name ?? '');
	const files = readdirSync(folder).filter((name) => name.endsWith('.ts'));
	for (const name of named) expect(files).toContain(name);
	const codes = readFileSync(new URL('crypto-error.ts', folder), 'utf8').match(/crypto\/[a-z-]+/g);
	for (const code of new Set(codes)) expect(page).toContain(`\`${code}\``);
});
