import { describe, expect, test } from 'vitest';
import { MOST_DEPTH } from '../../../src/lib/crypto/json-depth.ts';
import { pad } from '../../../src/lib/crypto/padding.ts';
import { resealRecord, sealBody, sealRecords } from '../../../src/lib/crypto/seal-records.ts';
import { readSignedPlain, signPlain } from '../../../src/lib/crypto/signed-plain.ts';
import { at, health, json, key, member, record, sealed, why } from './record-play.ts';
import { expectLaterRefusal } from './refusals.ts';
import { entity } from './roster-play.ts';

/** A record in which one value is lists in lists. */
const nested = (levels: number): string =>
	JSON.stringify({ ...record, later: 'hole' }).replace('"hole"', `${'['.repeat(levels)}${']'.repeat(levels)}`);

/** What a member seals with a program of their own, which asks nobody what a record is. */
async function sealedBy(text: string) {
	const place = { entity, domain: 'health', ...at() };
	const { author, signature } = readSignedPlain(await signPlain(place, member, json));
	const id = Buffer.from(author.replaceAll('-', ''), 'hex');
	const plain = pad(new TextEncoder().encode(text), undefined, new Uint8Array([...id, ...signature]));
	return { ...place, generation: 2, envelope: await sealBody(health(), place, new Uint8Array(plain)) };
}

describe('a record that a member nested', () => {
	test.each([MOST_DEPTH, 5_000, 100_000])(
		'%d levels deep is none: not opened, not carried over, not made',
		async (levels) => {
			const row = await sealedBy(nested(levels));
			expect(await why(row)).toBe('cannot-open');
			expect(await resealRecord({ ...health(), key: key(2) }, health(), row)).toBeNull();
			await expectLaterRefusal('crypto/input', sealRecords(health(), member, [{ ...at(), json: nested(levels) }]));
		}
	);

	test('as deep as may be is read, up to its signature, and opens where that is right', async () => {
		const most = nested(MOST_DEPTH - 1);
		expect(await why(await sealedBy(most))).toBe('author');
		const row = at();
		const [envelope = new Uint8Array()] = await sealRecords(health(), member, [{ ...row, json: most }]);
		expect(await why({ ...row, generation: 2, envelope })).toBe('opened');
		expect(await why(await sealed())).toBe('opened');
	});
});
