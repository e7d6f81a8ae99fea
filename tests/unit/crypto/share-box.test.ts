import { expect, test } from 'vitest';
import { randomBytes } from '../../../src/lib/crypto/bytes.ts';
import { encapsulationSize } from '../../../src/lib/crypto/hpke.ts';
import { kemPublicKey } from '../../../src/lib/crypto/identity.ts';
import { nobleSuite } from '../../../src/lib/crypto/noble-suite.ts';
import { openShare } from '../../../src/lib/crypto/open-share.ts';
import { sealShare } from '../../../src/lib/crypto/share-box.ts';
import { fromUtf8 } from '../../../src/lib/crypto/utf8.ts';

const [account, share] = ['00000000-0000-4000-8000-0000000000a1', '00000000-0000-4000-8000-0000000000b1'];
const place = { account, share };

test('what is shared opens with the private key it was sealed to, for its own account and share alone', async () => {
	const key = randomBytes(32);
	const sealed = await sealShare(nobleSuite(), await kemPublicKey(key), place, '[{"name":"Núñez"}]');
	expect(fromUtf8(await openShare(key, place, sealed))).toBe('[{"name":"Núñez"}]');
	const flipped = sealed.slice();
	flipped[encapsulationSize] = (flipped[encapsulationSize] ?? 0) ^ 1;
	const wrong = [
		openShare(randomBytes(32), place, sealed),
		openShare(key, { account: share, share }, sealed),
		openShare(key, { account, share: account }, sealed),
		openShare(key, place, flipped),
		openShare(key, place, sealed.slice(0, -1))
	];
	for (const one of await Promise.allSettled(wrong))
		expect(one).toMatchObject({ status: 'rejected', reason: { code: 'crypto/cannot-open' } });
});

test('how long the names of shared files are is not to be seen', async () => {
	const to = await kemPublicKey(randomBytes(32));
	const lengths = await Promise.all(
		['a', 'a'.repeat(200)].map(async (text) => (await sealShare(nobleSuite(), to, place, text)).length)
	);
	expect(new Set(lengths).size).toBe(1);
});

test('nothing is sealed to what is no public key', async () => {
	await expect(sealShare(nobleSuite(), randomBytes(1215), place, '[]')).rejects.toMatchObject({ code: 'crypto/input' });
});
