/** What the benches of the keys do inside a browser; times are in milliseconds. */
import { passwordBytes } from '../../../src/lib/crypto/root-key.ts';
import { KeyClient } from '../../../src/lib/keys/key-client.ts';
import { KeyServer } from '../../unit/keys/key-server.ts';
import { bareCipher, bareMove, bareSignatures, bareTexts, bareValues } from './bare.ts';
import { byHashWasm, byOpenpgp, bySodium } from './derivations.ts';
import workerUrl from './keys.worker.ts?worker&url';
import { makeSignatures, timedInWorker, withSignatures } from './signatures.ts';
import { cut, timed } from './timed.ts';

const user = '00000000-0000-4000-8000-0000000000a1';
const entity = '00000000-0000-4000-8000-0000000000e1';
const PASSWORD = 'Sail-lantern 41 orchard velvet';
const DOMAIN = 'health';
/** As many bodies as are given the worker at once: beside all of them, and when the app seals them anew. */
const [OPENED, RESEALED] = [250, 100];
/** How often the pages of a round are sealed and opened: once takes so little that chance would decide. */
const PASSES = 10;

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

const unlock = (): Promise<number> =>
	timed(() => client.call('unlock', { ...server.account(user), by: { password: passwordBytes(PASSWORD) } }));

/** Derivations of the same cost; ours with all that unlocking asks besides. */
const unlocking = {
	/** The app has the worker prepare while it asks the server for the account. */
	ours: async () => {
		await client.call('prepare', null);
		return unlock();
	},
	unprepared: unlock,
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

async function sealAll(bodies: readonly Body[], atOnce: number): Promise<Sealed[]> {
	const sealed: Sealed[] = [];
	for (const page of cut(bodies, atOnce)) {
		const made = await client.seal(entity, DOMAIN, page);
		made.forEach((one, at) => sealed.push({ ...one, id: page[at]?.id ?? '', rev: '1' }));
	}
	return sealed;
}

/** Bytes of the plain within an envelope, base64url. */
const plainSize = ({ sealed }: { sealed: string }): number => Math.floor((sealed.length * 3) / 4) - 34;

/** Records one by one through the worker. */
async function throughWorker(bodies: readonly Body[], atOnce: number) {
	let sealed: Sealed[] = [];
	const seal = await timedInWorker(async () => (sealed = await sealAll(bodies, atOnce)));
	const open = await timedInWorker(async () => {
		for (const rows of cut(sealed, atOnce))
			if ((await client.open(entity, DOMAIN, rows)).some(({ ok }) => !ok)) throw new Error('a body does not open');
	});
	return { seal, open };
}

/**
 * Records through the worker without signatures, in one call and as many at once as the app gives it, and with them;
 * beside WebCrypto, which does the same with the same records, all at once and so many.
 * @param isOddRound every other round goes the other way round: whatever one leaves to the next, each is first as often
 */
async function records(count: number, isOddRound: boolean) {
	const bodies = bodiesOf(count);
	await makeSignatures(false);
	const sizes = (await sealAll(bodies, count)).map(plainSize);
	const plains = bodies.map(({ plain }) => plain);
	const sides = [
		['ours', () => throughWorker(bodies, count)],
		['paged', () => throughWorker(bodies, OPENED)],
		['signed', () => withSignatures(() => throughWorker(bodies, count))],
		['peerAll', () => bareValues(plains, sizes, count)],
		['peerPaged', () => bareValues(plains, sizes, OPENED)],
		['cipher', () => bareCipher(sizes, OPENED)],
		['bare', () => bareSignatures(count, OPENED)]
	] as const;
	const took: { [side: string]: Times } = {};
	for (const [name, measure] of isOddRound ? sides.toReversed() : sides) took[name] = await measure();
	return took as { [side in (typeof sides)[number][0]]: Times };
}

interface Times {
	seal: number;
	open: number;
}

/** The sum of several passes. */
async function passes(pass: () => Promise<Times>): Promise<Times> {
	const sum = { seal: 0, open: 0 };
	for (let count = 0; count < PASSES; count++) {
		const { seal, open } = await pass();
		sum.seal += seal;
		sum.open += open;
	}
	return sum;
}

/** Pages of 250 records as the device keeps them: texts to sealed bytes and back, beside WebCrypto on the same texts. */
async function pages(count: number, isOddRound: boolean) {
	const texts = cut(bodiesOf(count), OPENED).map((page, at) => ({ name: `page ${at}`, text: JSON.stringify(page) }));
	const plains = texts.map(({ text }) => text);
	const sizes = (await client.sealLocal(texts)).map(({ length }) => length - 34);
	const measureOurs = () => passes(() => pagesThroughWorker(texts));
	const measurePeer = () => passes(() => bareTexts(plains, sizes, plains.length));
	const early = isOddRound ? await measurePeer() : undefined;
	const ours = await measureOurs();
	return { ours, peer: early ?? (await measurePeer()), cipher: await passes(() => bareCipher(sizes, sizes.length)) };
}

async function pagesThroughWorker(texts: { name: string; text: string }[]): Promise<Times> {
	let sealed: Awaited<ReturnType<typeof client.sealLocal>> = [];
	const seal = await timedInWorker(async () => (sealed = await client.sealLocal(texts)));
	const kept = texts.map(({ name }, at) => ({ name, sealed: sealed[at] ?? new Uint8Array() }));
	const open = await timedInWorker(async () => {
		if ((await client.openLocal(kept)).includes(null)) throw new Error('a page does not open');
	});
	return { seal, open };
}

let rows: Parameters<typeof client.reseal>[2] = [];

/** So many records sealed, and the next generation of their key. */
async function rotate(count: number): Promise<void> {
	const sealed = await sealAll(bodiesOf(count), count);
	server.post(await client.call('nextRoster', { entity, domain: DOMAIN, step: 'rotate' }));
	await client.accept(server.served(entity, user));
	const at = '2026-03-01T09:30:00.000Z';
	const kept = { domain: DOMAIN, seq: '1', author: user, state: 'live', updatedAt: at } as const;
	rows = sealed.map((one) => ({ ...one, ...kept }));
}

/** Seals them anew under the next generation: so many in a call. */
async function reseal(atOnce: number): Promise<void> {
	for (const page of cut(rows, atOnce)) {
		const made = await client.reseal(entity, DOMAIN, page);
		if (made.some((one) => one.sealed === null)) throw new Error('a body was not sealed anew');
	}
}

/** Stored bodies of the same sizes opened and sealed; and the cipher's calls for that alone: all at once, and so many. */
async function bareReseal() {
	const sizes = rows.map(({ sealed = '' }) => plainSize({ sealed }));
	const cipher = async (atOnce: number): Promise<number> => {
		const { seal, open } = await bareCipher(sizes, atOnce);
		return seal + open;
	};
	const [all, paged] = [await cipher(sizes.length), await cipher(RESEALED)];
	return { all, paged, stored: await bareMove(sizes, RESEALED) };
}

class KeysBench {
	begin = begin;
	ours = unlocking.ours;
	unprepared = unlocking.unprepared;
	hashWasm = unlocking.hashWasm;
	openpgp = unlocking.openpgp;
	libsodium = unlocking.libsodium;
	records = records;
	pages = pages;
	rotate = rotate;
	/** By itself, for a look at its tasks. */
	resealAll = () => reseal(rows.length);
	reseal = () => timedInWorker(() => reseal(rows.length));
	resealPages = () => timedInWorker(() => reseal(RESEALED));
	bareReseal = bareReseal;
}

declare global {
	var keysBench: KeysBench;
}
globalThis.keysBench = new KeysBench();
