import { describe, expect, test } from 'vitest';
import { MOST_DEPTH } from '../../../src/lib/crypto/json-depth.ts';
import { resealRecord } from '../../../src/lib/crypto/seal-records.ts';
import { sealAnything, sealTexts } from './record-bodies.ts';
import { at, health, member, record, sealed, why } from './record-play.ts';
import { expectLaterRefusal } from './refusals.ts';

/** A record in which one value is lists in lists. */
const nested = (levels: number): string =>
	JSON.stringify({ ...record, later: 'hole' }).replace('"hole"', `${'['.repeat(levels)}${']'.repeat(levels)}`);

async function sealedBy(text: string, generation = 2) {
	const place = at();
	const content = new TextEncoder().encode(text);
	return { ...place, generation, envelope: await sealAnything(health(generation), member, { ...place, content }) };
}

describe('a record that a member nested', () => {
	test.each([MOST_DEPTH, 5_000, 100_000])(
		'%d levels deep is none: not opened, nor when it was sealed anew, and not made',
		async (levels) => {
			expect(await why(await sealedBy(nested(levels)))).toBe('cannot-open');
			const row = await sealedBy(nested(levels), 1);
			// It would keep the generation before from being retired, and nobody reads it under the next either.
			expect(await resealRecord(health(1), health(2), row)).toBe(true);
			expect(await why({ ...row, generation: 2 })).toBe('cannot-open');
			await expectLaterRefusal('crypto/input', sealTexts(health(), member, [{ ...at(), json: nested(levels) }]));
		}
	);

	test('as deep as may be is read, and made', async () => {
		const most = nested(MOST_DEPTH - 1);
		expect(await why(await sealedBy(most))).toBe('opened');
		const row = at();
		const [envelope = new Uint8Array()] = await sealTexts(health(), member, [{ ...row, json: most }]);
		expect(await why({ ...row, generation: 2, envelope })).toBe('opened');
		expect(await why(await sealed())).toBe('opened');
	});
});
