// What page and key worker do with the text of a record, one after the other.
import type { Bytes } from '../../../src/lib/crypto/bytes.ts';
import { plainWithin, sealedAt } from '../../../src/lib/crypto/envelope.ts';
import { openRecords } from '../../../src/lib/crypto/open-records.ts';
import type { OpenedRecord, RecordChecks } from '../../../src/lib/crypto/open-records.ts';
import { readRecord, recordJson } from '../../../src/lib/crypto/record-plain.ts';
import type { RecordPlain } from '../../../src/lib/crypto/record-plain.ts';
import { sealRecords } from '../../../src/lib/crypto/seal-records.ts';
import { layOutJson, signedEnvelopeSize, signPlain } from '../../../src/lib/crypto/signed-plain.ts';

type Author = Parameters<typeof sealRecords>[1];

/** A record's text where its envelope will be. */
function laidOut(json: string): Bytes {
	const out = new Uint8Array(signedEnvelopeSize(json.length * 3));
	recordJson(valueOf(json));
	return out.slice(0, layOutJson(json, out) ?? 0);
}

function valueOf(json: string): unknown {
	try {
		return JSON.parse(json);
	} catch {
		return undefined;
	}
}

/** The plain that an author signed. */
export async function signedPlain(
	place: Parameters<typeof signPlain>[0],
	author: Author,
	json: string
): Promise<Bytes> {
	const plain = plainWithin(laidOut(json));
	await signPlain(place, author, plain);
	return plain.slice();
}

/** What somebody signs and seals with a program of their own, which asks nobody what a record is. */
export async function sealAnything(
	into: Parameters<typeof sealRecords>[0],
	author: Author,
	{ content, ...place }: { id: string; revision: bigint; content: Uint8Array }
): Promise<Bytes> {
	const envelope = new Uint8Array(signedEnvelopeSize(content.length));
	envelope.set(content, sealedAt + 4);
	new DataView(envelope.buffer).setUint32(sealedAt, content.length);
	await sealRecords(into, author, [{ ...place, envelope }]);
	return envelope;
}

/** Records of these texts, sealed. */
export async function sealTexts(
	into: Parameters<typeof sealRecords>[0],
	author: Author,
	texts: readonly { id: string; revision: bigint; json: string }[]
): Promise<Bytes[]> {
	const records = texts.map(({ json, ...place }) => ({ ...place, envelope: laidOut(json) }));
	await sealRecords(into, author, records);
	return records.map(({ envelope }) => envelope);
}

/** What is shown of a body. */
export type Shown =
	{ ok: true; json: string; record: RecordPlain; author: string } | Exclude<OpenedRecord, { ok: true }>;

/** Bodies opened, and read. */
export async function showRecords(
	from: Parameters<typeof openRecords>[0],
	rows: Parameters<typeof openRecords>[1],
	checks?: RecordChecks
): Promise<Shown[]> {
	return (await openRecords(from, rows, checks)).map((one) => {
		if (!one.ok) return one;
		const record = readRecord(one.content);
		if (!record) return { ok: false, why: 'cannot-open' };
		return {
			ok: true,
			json: new TextDecoder('utf-8', { ignoreBOM: true }).decode(one.content),
			record,
			author: one.author
		};
	});
}
