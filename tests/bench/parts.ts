/**
 * Parts of files, 4 MiB each, sealed and opened by the system layer, against node:crypto alone: a cipher a part, in one
 * update and in updates of 256 KiB, whichever is faster. In turns and in one run; sums of the rounds' medians.
 */
import { createCipheriv, createDecipheriv, createSecretKey, randomBytes, randomUUID } from 'node:crypto';
import { envelopeRoom } from '../../src/lib/crypto/envelope.ts';
import { partPlace, parseSystemKeys, SystemLayer } from '../../src/lib/server/system-layer/index.ts';
import { median } from '../stage/median.ts';

const partSize = 4 * 1024 * 1024;
const count = 16;
const rounds = Number(process.env.ARCA_BENCH_ROUNDS ?? 15);
const target = 1.4;
const updates = [partSize, 256 * 1024];

interface Sealed {
	nonce: Buffer;
	pieces: Buffer[];
	tag: Buffer;
}

const layer = new SystemLayer(parseSystemKeys(`1:${randomBytes(32).toString('base64')}`));
const key = createSecretKey(randomBytes(32));
const content = randomUUID();
const entity = randomUUID();
const parts = Array.from({ length: count }, () => randomBytes(partSize));
const placeOf = (part: number) => partPlace({ entity, domain: 'finances', content, part });
/** A part in memory as the server reads it from a request. */
function asRead(part: Buffer): Uint8Array {
	const memory = new Uint8Array(envelopeRoom.before + part.length + envelopeRoom.after);
	memory.set(part, envelopeRoom.before);
	return memory.subarray(envelopeRoom.before, envelopeRoom.before + part.length);
}
const slices = (bytes: Buffer, size: number) =>
	Array.from({ length: bytes.length / size }, (_, at) => bytes.subarray(at * size, (at + 1) * size));

function sealBare(part: Buffer, size: number): Sealed {
	const nonce = randomBytes(12);
	const cipher = createCipheriv('aes-256-gcm', key, nonce);
	const pieces = slices(part, size).map((slice) => cipher.update(slice));
	cipher.final();
	return { nonce, pieces, tag: cipher.getAuthTag() };
}

function openBare({ nonce, pieces, tag }: Sealed): Buffer[] {
	const decipher = createDecipheriv('aes-256-gcm', key, nonce);
	decipher.setAuthTag(tag);
	const opened = pieces.map((piece) => decipher.update(piece));
	decipher.final();
	return opened;
}

const took = new Map<string, number[]>();
function timed<T>(name: string, work: () => T[]): T[] {
	const start = performance.now();
	const made = work();
	took.set(name, [...(took.get(name) ?? []), performance.now() - start]);
	return made;
}
function check(same: boolean): void {
	if (!same) throw new Error('what was opened is not what was sealed');
}

for (let round = -2; round < rounds; round++) {
	// The first rounds warm both sides up.
	if (round === 0) took.clear();
	const read = parts.map(asRead);
	const envelopes = timed('seal ours', () => read.map((part, at) => layer.sealWithin(placeOf(at), part)));
	const opened = timed('open ours', () => envelopes.map((envelope, at) => layer.openWithin(placeOf(at), envelope)));
	check(parts.every((part, at) => part.equals(opened[at] ?? Buffer.alloc(0))));
	for (const size of updates) {
		const sealed = timed(`seal ${size}`, () => parts.map((part) => sealBare(part, size)));
		const bare = timed(`open ${size}`, () => sealed.map(openBare));
		check(parts.every((part, at) => part.equals(Buffer.concat(bare[at] ?? []))));
	}
}
for (const verb of ['seal', 'open']) {
	const [ours = 0, ...peers] = ['ours', ...updates].map((way) => median(took.get(`${verb} ${way}`) ?? []));
	const peer = Math.min(...peers);
	console.log(JSON.stringify({ bench: `parts-${verb}`, ours, peer, ratio: ours / peer, target, peers }));
}
