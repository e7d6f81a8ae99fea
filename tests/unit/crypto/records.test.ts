import { hkdfSync, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openAesGcm, sealInPlace } from '../../../src/lib/crypto/aes-gcm.ts';
import type { Bytes } from '../../../src/lib/crypto/bytes.ts';
import { borrowAuthenticated } from '../../../src/lib/crypto/envelope.ts';
import { recordChecks } from '../../../src/lib/crypto/open-records.ts';
import type { RecordChecks } from '../../../src/lib/crypto/open-records.ts';
import { openBody, sealBody } from '../../../src/lib/crypto/seal-records.ts';
import { readSignedPlain } from '../../../src/lib/crypto/signed-plain.ts';
import { implementations } from './implementations.ts';
import { sealAnything, sealTexts, showRecords, signedPlain } from './record-bodies.ts';
import { at, health, json, key, member, owner, raw, reader, record, sealed, viewer, why } from './record-play.ts';
import { expectLaterRefusal, expectRefusal } from './refusals.ts';
import { entity } from './roster-play.ts';
import { slowRuns } from './soak.ts';

describe('records under a user layer', () => {
	test('are sealed and opened in batches of any size, in order, each to the character', async () => {
		const texts = fc.array(fc.string({ unit: 'grapheme', maxLength: 600 }), { maxLength: 150 });
		const property = fc.asyncProperty(texts, async (given) => {
			const notes = given.map((text) => ({ ...at(), json: JSON.stringify({ ...record, values: { text } }) }));
			const envelopes = await sealTexts(health(), member, notes);
			const sent = notes.map((note, index) => ({ ...note, generation: 2, envelope: envelopes[index] as Bytes }));
			expect(new Set(envelopes.map((bytes) => Buffer.from(bytes.subarray(6, 18)).toString('hex'))).size).toBe(
				notes.length
			);
			const opened = await showRecords(reader, sent);
			expect(opened).toEqual(
				notes.map((note) => ({
					ok: true,
					json: note.json,
					record: JSON.parse(note.json) as unknown,
					author: member.id
				}))
			);
		});
		await fc.assert(property, slowRuns);
	});

	test('open by both other implementations, with the format spelled out', async () => {
		const row = await sealed();
		const used = Buffer.from(hkdfSync('sha256', raw[1], '', 'arca/1 body', 32));
		const place = { purpose: 'record', entity, domain: 'health', object: row.id, revision: row.revision } as const;
		for (const { open, seal } of implementations) {
			const plain = open(used, { layer: 'U', keyNumber: 2 }, place, row.envelope);
			expect(plain.length).toBe(256);
			expect(Buffer.from(plain.subarray(4, 4 + (plain[3] ?? 0))).toString()).toBe(json);
			const again = seal(used, { layer: 'U', keyNumber: 2 }, place, new Uint8Array(12), plain);
			expect(await why({ ...row, envelope: new Uint8Array(again) })).toBe('opened');
		}
	});

	test('open each by itself: a damaged one stops no other', async () => {
		const batch = await Promise.all(Array.from({ length: 130 }, () => sealed()));
		const flipped = batch.map((row, index) =>
			index % 3 === 0 ? { ...row, envelope: row.envelope.with(40, (row.envelope[40] ?? 0) ^ 1) } : row
		);
		const opened = await showRecords(reader, flipped);
		expect(opened.map(({ ok }) => ok)).toEqual(flipped.map((_, index) => index % 3 !== 0));
	});

	test.each(['', '{}', '[]', '{"kind":"note"}', `${json}x`])(
		'are not made of %j, which nobody would read',
		async (text) => {
			await expectLaterRefusal('crypto/input', sealTexts(health(), member, [{ ...at(), json: text }]));
		}
	);

	test('are not made where no record can be', async () => {
		for (const place of [{ id: 'nobody' }, { revision: 0n }, { revision: 2n ** 64n }])
			await expectLaterRefusal('crypto/input', sealTexts(health(), member, [{ ...at(), ...place, json }]));
	});
});

describe('a place', () => {
	/** Two of everything that a body is bound to, in all combinations; generations have keys of their own. */
	const spots = [0, 1].flatMap((a) =>
		[0, 1].flatMap((b) =>
			[0, 1].flatMap((c) =>
				[0, 1].flatMap((d) =>
					[1, 2].map((generation) => ({
						...{ entity: [entity, owner.id][a] ?? '', domain: (['health', 'chat'] as const)[b as 0 | 1] },
						...{ id: [member.id, viewer.id][c] ?? '', revision: BigInt(1 + d), generation }
					}))
				)
			)
		)
	);

	test('opens what was sealed there, and nothing from another record, entity, domain, revision or generation', async () => {
		const bodies = await Promise.all(
			spots.map(async ({ id, revision, ...into }) => {
				const [envelope] = await sealTexts({ ...into, key: key(into.generation) }, member, [{ id, revision, json }]);
				return envelope as Bytes;
			})
		);
		for (const [here, { entity: of, domain, ...row }] of spots.entries()) {
			const there = { ...reader, entity: of, domain };
			const opened = await showRecords(
				there,
				bodies.map((envelope) => ({ ...row, envelope }))
			);
			expect(opened.map(({ ok }) => ok)).toEqual(spots.map((_, index) => index === here));
			// Under the generation that the body says, it opens only where all else is the same: that is a re-sealed one.
			const claimed = await showRecords(
				there,
				bodies.map((envelope, index) => ({ ...row, generation: spots[index]?.generation ?? 0, envelope }))
			);
			const but = ({ generation: _, ...place }: (typeof spots)[number]) => Object.values(place).join();
			const place = but({ entity: of, domain, ...row });
			expect(claimed.map(({ ok }) => ok)).toEqual(spots.map((spot) => but(spot) === place));
		}
	});

	test('is signed as well: who holds the key moves no body of somebody else, and would if authors were not asked', async () => {
		const row = await sealed();
		const plain = await openBody(health(), { entity, domain: 'health', ...row }, row.envelope);
		for (const moved of [{ id: randomUUID() }, { revision: 2n }]) {
			const there = { ...row, ...moved };
			const envelope = await sealBody(health(), { entity, domain: 'health', ...there }, plain);
			expect(await why({ ...there, envelope })).toBe('author');
			const lax: RecordChecks = { ...recordChecks, wroteIt: () => Promise.resolve(true) };
			expect(await why({ ...there, envelope }, reader, lax)).toBe('opened');
		}
		expect(await why(row)).toBe('opened');
	});
});

describe('one format, and no reader of another', () => {
	test('an envelope with another version, layer or generation in its head is refused', async () => {
		const row = await sealed();
		const changed: Bytes[] = [];
		for (const [index, byte] of [
			[0, 0],
			[0, 2],
			[1, 0x53],
			[1, 0x75],
			[5, 1],
			[5, 3]
		] as const)
			changed.push(row.envelope.with(index, byte));
		for (const envelope of changed) {
			expect(await why({ ...row, envelope })).toBe('cannot-open');
			// A reader that did not look at the head, and took it for the one that it expects, would open them.
			const place = { purpose: 'record', entity, domain: 'health', object: row.id, revision: row.revision } as const;
			const aad = new Uint8Array(borrowAuthenticated({ layer: 'U', keyNumber: 2 }, place));
			expect(await openAesGcm(key(2), envelope.subarray(6, 18), aad, envelope.subarray(18))).toHaveLength(256);
		}
		expect(await why(row)).toBe('opened');
	});

	test('what was sealed for another purpose with the same key, there, is no record', async () => {
		const place = { entity, domain: 'health', ...at() };
		const plain = await signedPlain(place, member, json);
		for (const purpose of ['file', 'entity', 'bundle', 'two-factor', 'credential', 'cache', 'record'] as const) {
			const there = { purpose, entity, domain: 'health', object: place.id, revision: place.revision };
			const envelope = await sealInPlace(key(2), { layer: 'U', keyNumber: 2 }, there, plain);
			expect(await why({ ...place, generation: 2, envelope })).toBe(purpose === 'record' ? 'opened' : 'cannot-open');
		}
	});

	test.each(['', '{}', '[]', '{"kind":"note"}', `${json}x`, `${json.slice(0, -2)}\xff`])(
		'what is no record is not shown, also where its author signed it: %j',
		async (text) => {
			const signed = async (content: Uint8Array) => {
				const place = at();
				return { ...place, generation: 2, envelope: await sealAnything(health(), member, { ...place, content }) };
			};
			expect(await why(await signed(Buffer.from(text, 'latin1')))).toBe('cannot-open');
			expect(await why(await signed(Buffer.from(json)))).toBe('opened');
		}
	);

	test('a plain without author and signature, or with one byte of them changed, is not read as one of the user layer', async () => {
		const place = { entity, domain: 'health', ...at() };
		const plain = await signedPlain(place, member, json);
		const { length } = new TextEncoder().encode(json);
		for (let index = 4 + length; index < 4 + length + 80; index += 7) {
			const envelope = await sealBody(health(), place, plain.with(index, (plain[index] ?? 0) ^ 1));
			expect(await why({ ...place, generation: 2, envelope })).toBe('author');
		}
		for (const bare of [plain.slice(0, 255), plain.with(255, 1), plain.with(3, (plain[3] ?? 0) + 80)]) {
			expectRefusal('crypto/cannot-open', () => readSignedPlain(bare));
			const envelope = await sealBody(health(), place, bare);
			expect(await why({ ...place, generation: 2, envelope })).toBe('cannot-open');
		}
		const envelope = await sealBody(health(), place, new Uint8Array(256));
		expect(await why({ ...place, generation: 2, envelope })).toBe('author');
		expect(readSignedPlain(plain)).toMatchObject({ content: new TextEncoder().encode(json), author: member.id });
	});
});
