import { expect, test } from 'vitest';
import { factsOf } from '../../../src/lib/forms/protection/facts-of.ts';
import { envelopeFields } from '../../../src/lib/forms/protection/envelope-fields.ts';
import { heldBy } from '../../../src/lib/forms/protection/held-by.ts';
import { unreadWords } from '../../../src/lib/forms/protection/unread-words.ts';
import { sealEnvelope } from '../../../src/lib/crypto/envelope.ts';
import { toBase64url } from '../../../src/lib/crypto/base64url.ts';
import type { OpenRecord } from '../../../src/lib/vault/open-record.ts';
import type { SeenLayers } from '../../../src/lib/vault/look-at-layers.ts';
import { m } from '../../../src/lib/paraglide/messages.js';

const me = '11111111-1111-4111-8111-111111111111';
const you = '22222222-2222-4222-8222-222222222222';
const entity = '33333333-3333-4333-8333-333333333333';

const record: OpenRecord = {
	...{ id: '44444444-4444-4444-8444-444444444444', domain: 'health', rev: '3', seq: '9', author: me, state: 'live' },
	...{ updatedAt: '2026-11-20T10:00:00Z', writtenAt: '2026-11-20T10:00:00Z' },
	body: { kind: 'note', version: 1, values: {}, meta: { at: '2026-11-20T10:00:00Z' } }
};
const sealed: OpenRecord = { ...record, userLayer: { generation: 2, author: me } };
const nothingSeen: SeenLayers = { signIn: null, rows: null, storage: null, system: null, stored: null };
const allSeen: SeenLayers = { signIn: 'password', rows: 'refused', storage: 'refused', system: 'sealed', stored: null };

function keys(members: { id: string; domains: ('health' | 'finances')[] }[], current = 2) {
	const since = new Date('2026-11-01T00:00:00Z');
	const people = members.map((one) => ({ ...one, role: 'member' as const }));
	return { owner: me, encryption: { domainLayer: () => ({ since, current }), members: () => people } };
}
const words = (of: OpenRecord, known = keys([{ id: me, domains: ['health'] }])): string[] =>
	factsOf(of, known, entity, 'en').map((fact) => fact.words());

test('no arc is filled by what nobody has looked at', () => {
	const held = (seen: SeenLayers | null, lasting: boolean) =>
		heldBy(record, seen, { sync: { lasting } }).map(({ holds }) => holds);
	expect(held(null, false)).toEqual(Array(7).fill(false));
	expect(held(nothingSeen, true)).toEqual([false, false, false, false, false, false, true]);
	expect(held(allSeen, true)).toEqual([true, true, false, false, true, false, true]);
	expect(held({ ...allSeen, rows: 'given', system: 'readable' }, true)).toEqual([
		true,
		...Array<boolean>(5).fill(false),
		true
	]);
});

test('a layer that was found not to hold is told, and is not said to have been out of sight', () => {
	const told = (seen: SeenLayers | null) => {
		const layers = heldBy(record, seen, { sync: { lasting: true } });
		return [1, 4].map((place) => layers[place]?.words());
	};
	expect(told({ ...allSeen, rows: 'given', system: 'readable' })).toEqual([
		m.layer_rows_given(),
		m.layer_system_readable()
	]);
	expect(told(nothingSeen)).toEqual([m.layer_not_asked(), m.layer_not_asked()]);
	expect(told(null), 'while it is looked at').toEqual([m.layer_being_asked(), m.layer_being_asked()]);
});

test('the arc of the user layer is filled for a record whose signature held, and not for one that was not taken', () => {
	const user = (of: OpenRecord) => heldBy(of, allSeen, { sync: { lasting: true } })[5]?.holds;
	expect(user(sealed)).toBe(true);
	expect(user({ ...sealed, unread: 'author' })).toBe(false);
	expect(user(record)).toBe(false);
});

test('whose signature holds is told, and where the database names another author', () => {
	expect(words(sealed)).toContain(m.protection_signed_by_you());
	expect(words(sealed)).not.toContain(m.protection_differs_text());
	const forged = words({ ...sealed, userLayer: { generation: 2, author: you } });
	expect(forged).toContain(m.protection_signed_by_other());
	expect(forged).toContain(m.protection_differs_text());
	expect(words(record), 'without a user layer nothing is signed').toContain(m.protection_noted_you());
});

test('a generation that is being replaced is told as such', () => {
	expect(words(sealed).join()).toContain('in use since');
	expect(words(sealed, keys([], 3)).join()).toContain('being sealed anew with number 3');
});

test('who can read it is counted by domain', () => {
	const both = keys([
		{ id: me, domains: ['health'] },
		{ id: you, domains: ['finances'] }
	]);
	expect(words(sealed, both)).toContain(m.protection_readers_you());
	const shared = keys([
		{ id: me, domains: ['health'] },
		{ id: you, domains: ['health'] }
	]);
	expect(words(sealed, shared)).toContain(m.protection_readers_others({ count: 1 }));
	expect(words(record, shared)).toContain(m.protection_readers_system());
});

test('each reason why a record is not shown has a sentence of its own, and says so where the device kept an older body', () => {
	const sentences = Object.values(unreadWords).map((sentence) => sentence());
	expect(new Set(sentences).size).toBe(5);
	for (const why of Object.keys(unreadWords) as (keyof typeof unreadWords)[]) {
		expect(words({ ...record, unread: why, damaged: true })[0]).toBe(unreadWords[why]());
		expect(words({ ...record, unread: why })[0]).toContain(m.protection_kept_before());
	}
});

test('an envelope is cut into the fields that it was put together from', () => {
	const aead = {
		allocate: (size: number) => new Uint8Array(size),
		seal: (_key: null, _nonce: Uint8Array, _aad: Uint8Array, plain: Uint8Array, out: Uint8Array) =>
			out.set(new Uint8Array(plain.length + 16).fill(0xcc)),
		open: () => new Uint8Array()
	};
	const place = { purpose: 'record' as const, entity, domain: 'health' as const, object: record.id, revision: 3n };
	const nonce = new Uint8Array(12).fill(0xaa);
	const bytes = sealEnvelope(
		aead as never,
		null,
		{ layer: 'U', keyNumber: 7 },
		place as never,
		nonce,
		new Uint8Array(256)
	);
	const fields = envelopeFields(toBase64url(bytes)) ?? [];
	expect(fields.map(({ size }) => size)).toEqual([1, 1, 4, 12, 256, 16]);
	expect(fields.map(({ hex }) => hex.slice(0, 11))).toEqual([
		'01',
		'55',
		'00 00 00 07',
		'aa aa aa aa',
		'cc cc cc cc',
		'cc cc cc cc'
	]);
	expect(fields[2]?.meaning()).toContain('7');
	expect(fields[4]?.hex, 'cut').toMatch(/…$/);
	expect(envelopeFields(bytes.subarray(0, 33)), 'too short to be one').toBeNull();
});
