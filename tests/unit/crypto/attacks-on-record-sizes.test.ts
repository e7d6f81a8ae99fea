// Row 23 of the attacks, on bodies under a user layer. The system layer's keys are given away: what is measured here lies
// below it.
import { randomBytes } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { sealBody } from '../../../src/lib/crypto/seal-records.ts';
import { readSignedPlain } from '../../../src/lib/crypto/signed-plain.ts';
import { joinBytes } from '../../../src/lib/crypto/bytes.ts';
import { pad } from '../../../src/lib/crypto/padding.ts';
import { sealTexts, signedPlain } from './record-bodies.ts';
import { at, health, json, member, record } from './record-play.ts';
import { entity } from './roster-play.ts';

/** What a record keeps, and guesses at it, one of them right: all of one length, and none shorter when it is packed alone. */
const kept = randomBytes(1500).toString('hex');
const guesses = [...Array.from({ length: 30 }, () => randomBytes(1500).toString('hex')), kept];
const noted = (guess: string): string => JSON.stringify({ ...record, values: { text: kept, sent: guess } });

/** As `sealTexts`, with what the attack needs put in: the JSON is packed before it is padded. */
async function sealPacked(text: string): Promise<Uint8Array> {
	const place = { entity, domain: 'health', ...at() };
	const { content, signature } = readSignedPlain(await signedPlain(place, member, text));
	const packed = pad(joinBytes(deflateRawSync(content), signature));
	return sealBody(health(), place, new Uint8Array(packed));
}

test('a guess that somebody gets into a record cannot be told right by the size of its envelope', async () => {
	const envelopes = await sealTexts(
		health(),
		member,
		guesses.map((guess) => ({ ...at(), json: noted(guess) }))
	);
	expect(new Set(envelopes.map(({ length }) => length)).size).toBe(1);
});

test('were records packed before they are sealed, the right guess would stand out', async () => {
	const sizes = await Promise.all(guesses.map(async (guess) => (await sealPacked(noted(guess))).length));
	const right = sizes.at(-1) ?? 0;
	expect(Math.min(...sizes.slice(0, -1))).toBeGreaterThan(right);
});

test('what is easy to pack is as large as what is not, at every length around a step of the padding', async () => {
	for (const length of [1, 80, 150, 1000, 1024, 4000, 20_000]) {
		const texts = ['a'.repeat(length * 2), randomBytes(length).toString('hex')];
		const notes = texts.map((text) => ({ ...at(), json: json.replace('Núñez 🥖', text) }));
		const [easy, hard] = await sealTexts(health(), member, notes);
		expect(easy?.length, String(length)).toBe(hard?.length);
	}
});
