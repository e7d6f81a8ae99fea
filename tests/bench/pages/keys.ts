/** What the benches of the keys do inside a browser; times are in milliseconds. */
import { passwordBytes } from '../../../src/lib/crypto/root-key.ts';
import { KeyClient } from '../../../src/lib/keys/key-client.ts';
import { KeyServer } from '../../unit/keys/key-server.ts';
import { bareCipher, bareMove, bareSignatures, bareTexts, bareValues } from './bare.ts';
import { byHashWasm, byOpenpgp, bySodium } from './derivations.ts';
import workerUrl from './keys.worker.ts?worker&url';
import { makeSignatures } from './signatures.ts';
import { cut, timed } from './timed.ts';

const user = '00000000-0000-4000-8000-0000000000a1';
const entity = '00000000-0000-4000-8000-0000000000e1';
const PASSWORD = 'Sail-lantern 41 orchard velvet';
const DOMAIN = 'health';
/** As many bodies as the app gives the worker at once when it opens rows, and when it seals them anew. */
const [OPENED, RESEALED] = [250, 100];

const server = new KeyServer();
const client = new KeyClient(new Worker(workerUrl, { type: 'module' }));

/** Turns user encryption on, once. */
async function begin(): Promise<void> {
	const made = await client.call('turnOn', { user, password: passwordBytes(PASSWORD), entities: [entity] });
	server.put(user, made.put);
	await client.call('settle', { ticket: made.ticket, taken: true });
	await client.takeLocal({ kept: [] });
	await client.accept(server.served(entity, user));
}

/** Derivations of the same cost; ours with all that unlocking asks besides. */
const unlocking = {
	ours: () =>
		timed(() => client.call('unlock', { ...server.account(user), by: { password: passwordBytes(PASSWORD) } })),
	hashWasm: () => byHashWasm(PASSWORD),
	openpgp: () => byOpenpgp(PASSWORD),
	libsodium: () => bySodium(PASSWORD)
};

type Body = Parameters<typeof client.seal>[2][number];
type Sealed = Awaited<ReturnType<typeof client.seal>>[number] & { id: string; rev: string };

function bodiesOf(count: number): Body[] {
	return Array.from({ length: count }, (_, line) => {
		const values = { what: `Cough ${line}`, since: '2026-03-01', severity: line % 10, note: 'x'.repeat(line % 200) };
		const meta = { at: '2026-03-01T09:30:00.000Z' };
		return { id: crypto.randomUUID(), rev: '1', plain: { kind: 'symptom', version: 1, values, meta } };
	});
}

async function sealAll(bodies: readonly Body[]): Promise<Sealed[]> {
	const sealed: Sealed[] = [];
	for (const page of cut(bodies, OPENED)) {
		const made = await client.seal(entity, DOMAIN, page);
		made.forEach((one, at) => sealed.push({ ...one, id: page[at]?.id ?? '', rev: '1' }));
	}
	return sealed;
}

/** Bytes of the plain within an envelope, base64url. */
const plainSize = ({ sealed }: { sealed: string }): number => Math.floor((sealed.length * 3) / 4) - 34;

/** Records one by one through the worker, and the envelopes' plain sizes. */
async function throughWorker(bodies: readonly Body[]) {
	let sealed: Sealed[] = [];
	const seal = await timed(async () => (sealed = await sealAll(bodies)));
	const open = await timed(async () => {
		for (const rows of cut(sealed, OPENED))
			if ((await client.open(entity, DOMAIN, rows)).some(({ ok }) => !ok)) throw new Error('a body does not open');
	});
	return { seal, open, sizes: sealed.map(plainSize) };
}

/** Records through the worker without signatures and with them; beside WebCrypto, which does the same with the same records. */
async function records(count: number) {
	const bodies = bodiesOf(count);
	await makeSignatures(false);
	const { sizes, ...ours } = await throughWorker(bodies);
	await makeSignatures(true);
	const signed = await throughWorker(bodies);
	const plains = bodies.map(({ plain }) => plain);
	const peer = await bareValues(plains, sizes, OPENED);
	return { ours, signed, peer, cipher: await bareCipher(sizes, OPENED), bare: await bareSignatures(count, OPENED) };
}

/** Pages of 250 records as the device keeps them: texts to sealed bytes and back, beside WebCrypto on the same texts. */
async function pages(count: number) {
	const texts = cut(bodiesOf(count), OPENED).map((page, at) => ({ name: `page ${at}`, text: JSON.stringify(page) }));
	let sealed: Awaited<ReturnType<typeof client.sealLocal>> = [];
	const seal = await timed(async () => (sealed = await client.sealLocal(texts)));
	const kept = texts.map(({ name }, at) => ({ name, sealed: sealed[at] ?? new Uint8Array() }));
	const sizes = sealed.map(({ length }) => length - 34);
	const open = await timed(async () => {
		if ((await client.openLocal(kept)).includes(null)) throw new Error('a page does not open');
	});
	const plains = texts.map(({ text }) => text);
	const all = texts.length;
	return { ours: { seal, open }, peer: await bareTexts(plains, sizes, all), cipher: await bareCipher(sizes, all) };
}

let rows: Parameters<typeof client.reseal>[2] = [];

/** So many records sealed, and the next generation of their key. */
async function rotate(count: number): Promise<void> {
	const sealed = await sealAll(bodiesOf(count));
	server.post(await client.call('nextRoster', { entity, domain: DOMAIN, step: 'rotate' }));
	await client.accept(server.served(entity, user));
	const at = '2026-03-01T09:30:00.000Z';
	const kept = { domain: DOMAIN, seq: '1', author: user, state: 'live', updatedAt: at } as const;
	rows = sealed.map((one) => ({ ...one, ...kept }));
}

/** Seals them anew under the next generation. */
function reseal(): Promise<number> {
	return timed(async () => {
		for (const page of cut(rows, RESEALED)) {
			const made = await client.reseal(entity, DOMAIN, page);
			if (made.some((one) => one.sealed === null)) throw new Error('a body was not sealed anew');
		}
	});
}

/** Stored bodies of the same sizes opened and sealed; and the cipher's calls for that alone. */
async function bareReseal(): Promise<{ peer: number; cipher: number }> {
	const sizes = rows.map(({ sealed = '' }) => plainSize({ sealed }));
	const { seal, open } = await bareCipher(sizes, RESEALED);
	return { peer: await bareMove(sizes, RESEALED), cipher: seal + open };
}

class KeysBench {
	begin = begin;
	ours = unlocking.ours;
	hashWasm = unlocking.hashWasm;
	openpgp = unlocking.openpgp;
	libsodium = unlocking.libsodium;
	records = records;
	pages = pages;
	rotate = rotate;
	reseal = reseal;
	bareReseal = bareReseal;
}

declare global {
	var keysBench: KeysBench;
}
globalThis.keysBench = new KeysBench();
