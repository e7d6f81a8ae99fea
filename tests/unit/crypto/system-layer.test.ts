import { randomBytes, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromBase64url } from '../../../src/lib/crypto/base64url.ts';
import { parseSystemKeys, partPlace, SystemLayer } from '../../../src/lib/server/system-layer/index.ts';
import { expectRefusal } from './refusals.ts';
import { runs } from './soak.ts';

const [older, newer] = [randomBytes(32).toString('base64'), randomBytes(32).toString('base64')];
const layer = new SystemLayer(parseSystemKeys(`2:${newer},1:${older}`));
const place = {
	entity: '0596c739-8fcc-4ba5-b955-c0d8f3cd317d',
	domain: 'finances',
	id: '8c46389a-349e-4e89-a23f-24c2eab824a7',
	revision: 1n
};
const json = '{"kind":"note","version":1,"values":{"payee":"Panadería Núñez 🥖"},"meta":{"at":"2026-03-01T09:30:00Z"}}';

const nonceOf = (body: string): string => Buffer.from(body, 'base64url').subarray(6, 18).toString('hex');

describe('a sealed record', () => {
	test('opens in its place to the same characters, whatever they are', () => {
		const property = fc.property(fc.string({ unit: 'binary', maxLength: 30_000 }), (text) => {
			expect(layer.openRecord(place, layer.sealRecord(place, text))).toBe(text);
		});
		fc.assert(property, { numRuns: Math.min(runs.numRuns, 2000) });
	});

	test('is text in strict base64url that shows its layer, the active key and nothing of the record', () => {
		const body = layer.sealRecord(place, json);
		const envelope = Buffer.from(fromBase64url(body));
		expect(envelope.subarray(0, 6).toString('hex')).toBe('015300000002');
		expect(envelope.length).toBe(34 + 256);
		for (const part of ['note', 'Panader', 'payee', 'kind']) expect(envelope.includes(part)).toBe(false);
	});

	test.each([
		['record', { id: randomUUID() }],
		['entity', { entity: randomUUID() }],
		['domain', { domain: 'health' }],
		['revision', { revision: 2n }],
		['entity and record exchanged', { entity: place.id, id: place.entity }],
		['entity that is no id', { entity: 'nobody' }],
		['record that is no id', { id: place.id.toUpperCase() }],
		['revision that cannot be', { revision: -1n }]
	])('does not open as another %s', (_, change) => {
		const body = layer.sealRecord(place, json);
		expectRefusal('crypto/cannot-open', () => layer.openRecord({ ...place, ...change }, body));
		expect(layer.openRecord(place, body)).toBe(json);
	});

	test('does not open as the fields of its entity, nor they as a record', () => {
		const self = { ...place, id: place.entity, domain: '' };
		const fields = layer.sealEntity(place.entity, 1n, json);
		expectRefusal('crypto/cannot-open', () => layer.openRecord(self, fields));
		expectRefusal('crypto/cannot-open', () => layer.openEntity(place.entity, 1n, layer.sealRecord(self, json)));
		expect(layer.openEntity(place.entity, 1n, fields)).toBe(json);
		expectRefusal('crypto/cannot-open', () => layer.openEntity(place.entity, 2n, fields));
		expectRefusal('crypto/cannot-open', () => layer.openEntity(place.id, 1n, fields));
	});

	test('swapped with another in the database, only those two are damaged', () => {
		const places = Array.from({ length: 6 }, () => ({ ...place, entity: randomUUID(), id: randomUUID() }));
		const bodies = places.map((spot, index) => layer.sealRecord(spot, `{"n":${index}}`));
		[bodies[1], bodies[4]] = [bodies[4] ?? '', bodies[1] ?? ''];
		places.forEach((spot, index) => {
			const open = () => layer.openRecord(spot, bodies[index] ?? '');
			if (index === 1 || index === 4) expectRefusal('crypto/cannot-open', open);
			else expect(open()).toBe(`{"n":${index}}`);
		});
	});

	test('does not open with one character of its text changed, added or gone', () => {
		const body = layer.sealRecord(place, json);
		for (let at = 0; at < body.length; at++) {
			const [before, after] = [body.slice(0, at), body.slice(at + 1)];
			const other = body[at] === 'A' ? 'B' : 'A';
			for (const changed of [
				before + other + after,
				before + after,
				`${before}\n${body.slice(at)}`,
				`${before}+${after}`
			])
				expectRefusal('crypto/cannot-open', () => layer.openRecord(place, changed));
		}
		for (const changed of ['', '{}', json, `${body}=`, `${body}==`, `${body}A`])
			expectRefusal('crypto/cannot-open', () => layer.openRecord(place, changed));
		expect(layer.openRecord(place, body)).toBe(json);
	});

	test('opens with a retired key of the ring, and no longer when the key is gone or another', () => {
		const body = new SystemLayer(parseSystemKeys(`1:${older}`)).sealRecord(place, json);
		expect(layer.openRecord(place, body)).toBe(json);
		for (const ring of [`2:${newer}`, `1:${newer}`, `2:${older}`])
			expectRefusal('crypto/cannot-open', () => new SystemLayer(parseSystemKeys(ring)).openRecord(place, body));
		expect(layer.openRecord(place, body)).toBe(json);
	});

	test('has a nonce of its own each time', () => {
		const count = 2000;
		const other = new SystemLayer(parseSystemKeys(`2:${newer}`));
		const bodies = Array.from({ length: count }, () => [layer.sealRecord(place, json), other.sealRecord(place, json)]);
		expect(new Set(bodies.flat().map(nonceOf)).size).toBe(2 * count);
	});

	test.each([
		['revision 0', { revision: 0n }],
		['a negative revision', { revision: -1n }],
		['an entity that is no id', { entity: 'nobody' }],
		['a record that is no id', { id: '' }],
		['a zero in the domain', { domain: 'a\0' }]
	])('is not made at %s', (_, change) => {
		expectRefusal('crypto/input', () => layer.sealRecord({ ...place, ...change }, json));
	});

	test('is not made of half a character', () => {
		expectRefusal('crypto/input', () => layer.sealRecord(place, '"\ud83e"'));
		expectRefusal('crypto/input', () => layer.sealEntity(place.entity, 1n, '"\ud83e"'));
	});
});

test("an entity's fields are not sealed at revision 0", () => {
	expectRefusal('crypto/input', () => layer.sealEntity(place.entity, 0n, '{}'));
});

test('a ring whose active key is missing seals nothing', () => {
	const { keys } = parseSystemKeys(`1:${older}`);
	expectRefusal('crypto/input', () => new SystemLayer({ active: 3, keys }).sealRecord(place, json));
});

describe('a part that is handed over', () => {
	const at = partPlace({ entity: place.entity, domain: 'finances', content: place.id, part: 3 });
	const plain = randomBytes(600_000);

	test('is sealed and opened where it stands, in the same bytes as elsewhere', () => {
		const memory = new Uint8Array(plain.length + 34);
		memory.set(plain, 18);
		const envelope = layer.sealWithin(at, memory.subarray(18, 18 + plain.length));
		expect(envelope.buffer).toBe(memory.buffer);
		expect(Buffer.from(layer.open(at, envelope)).equals(plain)).toBe(true);
		const opened = layer.openWithin(at, envelope);
		expect(opened.buffer).toBe(memory.buffer);
		expect(Buffer.from(opened).equals(plain)).toBe(true);
		expectRefusal('crypto/cannot-open', () => layer.openWithin(at, layer.seal(at, plain).fill(0, 90, 91)));
	});

	test.each([
		['stands elsewhere in its memory', 34, 0],
		['has other bytes around it', 18, 17],
		['fills its memory', 0, 0]
	])('where it %s, is sealed beside it', (_, before, after) => {
		const memory = new Uint8Array(before + plain.length + after).fill(7);
		memory.set(plain, before);
		const kept = memory.slice();
		const envelope = layer.sealWithin(at, memory.subarray(before, before + plain.length));
		expect(Buffer.from(memory).equals(kept)).toBe(true);
		expect(Buffer.from(layer.open(at, envelope)).equals(plain)).toBe(true);
	});
});
