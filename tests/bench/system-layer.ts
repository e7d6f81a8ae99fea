/**
 * Sealing and opening 10,000 records by the system layer, with place, padding and text, against the barest loop over
 * node:crypto that seals and opens the same padded bytes. Both go page by page as the server does, in turns, so that
 * whatever else the machine is busy with slows both.
 */
import { createCipheriv, createDecipheriv, createSecretKey, randomBytes, randomUUID } from 'node:crypto';
import { padText } from '../../src/lib/crypto/padded-text.ts';
import { parseSystemKeys, SystemLayer } from '../../src/lib/server/system-layer/index.ts';

const count = 10_000;
const page = 500;
const rounds = 25;
const target = 1.5;

const entity = randomUUID();
const records = Array.from({ length: count }, (_, line) => {
	const json = JSON.stringify({
		kind: 'expense',
		version: 1,
		values: {
			date: '2026-03-01',
			payee: `Panadería Núñez ${line}`,
			amount: { minor: 100 + line, currency: 'EUR' },
			account: randomUUID(),
			category: 'groceries'
		},
		meta: { at: '2026-03-01T09:30:00.000Z', source: { import: randomUUID(), format: 'csv', line } }
	});
	return { place: { entity, domain: 'finances', id: randomUUID(), revision: 1n }, json, plain: padText(json) };
});

const layer = new SystemLayer(parseSystemKeys(`1:${randomBytes(32).toString('base64')}`));
// A key object, since with raw bytes node:crypto is three times slower: the peer is not to be beaten by that.
const key = createSecretKey(randomBytes(32));

type Page = typeof records;

function sealAndOpen(of: Page): number {
	const bodies = of.map(({ place, json }) => layer.sealRecord(place, json));
	return of.reduce((length, { place }, index) => length + layer.openRecord(place, bodies[index] ?? '').length, 0);
}

function sealAndOpenBare(of: Page): number {
	const sealed = of.map(({ plain }) => {
		const nonce = randomBytes(12);
		const cipher = createCipheriv('aes-256-gcm', key, nonce);
		const ciphertext = cipher.update(plain);
		cipher.final();
		return { nonce, ciphertext, tag: cipher.getAuthTag() };
	});
	return sealed.reduce((length, { nonce, ciphertext, tag }) => {
		const decipher = createDecipheriv('aes-256-gcm', key, nonce);
		decipher.setAuthTag(tag);
		const plain = decipher.update(ciphertext);
		decipher.final();
		return length + plain.length;
	}, 0);
}

function timed(work: (of: Page) => number, of: Page, expected: number): number {
	const start = performance.now();
	const length = work(of);
	const time = performance.now() - start;
	if (length !== expected) throw new Error('what was opened is not what was sealed');
	return time;
}

/** One round over all records: the milliseconds of each side. */
function round(): { ours: number; peer: number } {
	const times = { ours: 0, peer: 0 };
	for (let from = 0; from < count; from += page) {
		const of = records.slice(from, from + page);
		times.ours += timed(
			sealAndOpen,
			of,
			of.reduce((sum, { json }) => sum + json.length, 0)
		);
		times.peer += timed(
			sealAndOpenBare,
			of,
			of.reduce((sum, { plain }) => sum + plain.length, 0)
		);
	}
	return times;
}

function median(times: number[]): number {
	return times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
}

const warm = 3;
const measured = Array.from({ length: warm + rounds }, round).slice(warm);
const ours = median(measured.map((times) => times.ours));
const peer = median(measured.map((times) => times.peer));
const figure = (value: number): number => Number(value.toFixed(2));
console.log(
	JSON.stringify({ bench: 'system-layer', ours: figure(ours), peer: figure(peer), ratio: figure(ours / peer), target })
);
