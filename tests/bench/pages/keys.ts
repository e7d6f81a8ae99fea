/** What the benches of the keys do inside a browser; times are in milliseconds. */
import { argon2id } from 'hash-wasm';
import sodium from 'libsodium-wrappers-sumo';
import { encryptSessionKey, enums } from 'openpgp';
import { passwordBytes } from '../../../src/lib/crypto/root-key.ts';
import { startKeys } from '../../../src/lib/keys/start-keys.ts';
import { KeyServer } from '../../unit/keys/key-server.ts';

const user = '00000000-0000-4000-8000-0000000000a1';
const entity = '00000000-0000-4000-8000-0000000000e1';
const PASSWORD = 'Sail-lantern 41 orchard velvet';
const DOMAIN = 'health';
/** As many bodies as the app gives the worker at once when it opens rows, and when it seals them anew. */
const [OPENED, RESEALED] = [250, 100];
/** Calls of WebCrypto under way at once, as in the worker. */
const UNDER_WAY = 64;

const server = new KeyServer();
const client = startKeys(() => undefined);

async function timed(work: () => Promise<unknown>): Promise<number> {
	const start = performance.now();
	await work();
	return performance.now() - start;
}

/** Turns user encryption on, once. */
async function begin(): Promise<void> {
	const made = await client.call('turnOn', { user, password: passwordBytes(PASSWORD), entities: [entity] });
	server.put(user, made.put);
	await client.call('settle', { ticket: made.ticket, taken: true });
	await client.takeLocal({ kept: [] });
	await client.accept(server.served(entity, user));
}

/** Derivations of the same cost: 64 MiB, three passes, one lane; ours with all that unlocking asks besides. */
const unlocking = {
	ours: () =>
		timed(() => client.call('unlock', { ...server.account(user), by: { password: passwordBytes(PASSWORD) } })),
	hashWasm: () => {
		const salt = crypto.getRandomValues(new Uint8Array(16));
		const cost = { parallelism: 1, iterations: 3, memorySize: 65_536, hashLength: 32 };
		return timed(() => argon2id({ password: PASSWORD, salt, ...cost, outputType: 'binary' }));
	},
	openpgp: () => {
		const s2kArgon2Params = { passes: 3, parallelism: 1, memoryExponent: 16 };
		const data = new Uint8Array(32);
		const config = { s2kType: enums.s2k.argon2, s2kArgon2Params } as const;
		return timed(() => encryptSessionKey({ data, algorithm: 'aes256', passwords: PASSWORD, config }));
	},
	libsodium: async () => {
		await sodium.ready;
		const salt = crypto.getRandomValues(new Uint8Array(16));
		return timed(() =>
			Promise.resolve(sodium.crypto_pwhash(32, PASSWORD, salt, 3, 65_536 * 1_024, sodium.crypto_pwhash_ALG_ARGON2ID13))
		);
	}
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

function cut<T>(all: readonly T[], size: number): T[][] {
	return Array.from({ length: Math.ceil(all.length / size) }, (_, at) => all.slice(at * size, (at + 1) * size));
}

async function sealAll(bodies: readonly Body[]): Promise<Sealed[]> {
	const sealed: Sealed[] = [];
	for (const page of cut(bodies, OPENED)) {
		const made = await client.seal(entity, DOMAIN, page);
		made.forEach((one, at) => sealed.push({ ...one, id: page[at]?.id ?? '', rev: '1' }));
	}
	return sealed;
}

/** Sealing or opening buffers of these sizes by WebCrypto and nothing else. */
async function bare(sizes: readonly number[], verb: 'encrypt' | 'decrypt'): Promise<number> {
	const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
	const additionalData = new Uint8Array(70);
	const algorithms = sizes.map(() => ({
		name: 'AES-GCM',
		iv: crypto.getRandomValues(new Uint8Array(12)),
		additionalData
	}));
	const start = { name: 'AES-GCM', iv: new Uint8Array(12), additionalData };
	let texts: ArrayBuffer[] = sizes.map((size) => new ArrayBuffer(size));
	if (verb === 'decrypt')
		texts = await Promise.all(texts.map((text, at) => crypto.subtle.encrypt(algorithms[at] ?? start, key, text)));
	return timed(async () => {
		for (const places of cut([...texts.keys()], UNDER_WAY))
			await Promise.all(
				places.map((at) => crypto.subtle[verb](algorithms[at] ?? start, key, texts[at] ?? new ArrayBuffer(0)))
			);
	});
}

/** As many signatures, over the hash of a text and a place of its record, made and verified. */
async function signatures(count: number): Promise<{ sign: number; verify: number }> {
	const pair = await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify']);
	const texts = Array.from({ length: count }, () => crypto.getRandomValues(new Uint8Array(250)));
	const made: ArrayBuffer[] = [];
	const sign = await timed(async () => {
		for (const some of cut(texts, UNDER_WAY)) {
			const signed = some.map(async (text) => crypto.subtle.sign('Ed25519', pair.privateKey, await placed(text)));
			made.push(...(await Promise.all(signed)));
		}
	});
	const holds = async (text: Uint8Array<ArrayBuffer>, at: number): Promise<boolean> =>
		crypto.subtle.verify('Ed25519', pair.publicKey, made[at] ?? new ArrayBuffer(0), await placed(text));
	const verify = await timed(async () => {
		for (const some of cut([...texts.entries()], UNDER_WAY))
			await Promise.all(some.map(([at, text]) => holds(text, at)));
	});
	return { sign, verify };
}

/** As long as what is signed of a record, with the hash of its text. */
async function placed(text: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
	const message = new Uint8Array(110);
	message.set(new Uint8Array(await crypto.subtle.digest('SHA-256', text)), 78);
	return message;
}

/** Bytes of the plain within an envelope, base64url. */
const plainSize = ({ sealed }: { sealed: string }): number => Math.floor((sealed.length * 3) / 4) - 34;

/** Records one by one through the worker: signed, sealed, opened, verified; beside WebCrypto on the same sizes. */
async function records(count: number) {
	const bodies = bodiesOf(count);
	let sealed: Sealed[] = [];
	const seal = await timed(async () => (sealed = await sealAll(bodies)));
	const open = await timed(async () => {
		for (const rows of cut(sealed, OPENED))
			if ((await client.open(entity, DOMAIN, rows)).some(({ ok }) => !ok)) throw new Error('a body does not open');
	});
	const sizes = sealed.map(plainSize);
	const peer = { seal: await bare(sizes, 'encrypt'), open: await bare(sizes, 'decrypt') };
	return { ours: { seal, open }, peer, signed: await signatures(count) };
}

/** Pages of 250 records as the device keeps them, beside WebCrypto on the same sizes. */
async function pages(count: number) {
	const texts = cut(bodiesOf(count), OPENED).map((page, at) => ({ name: `page ${at}`, text: JSON.stringify(page) }));
	let sealed: string[] = [];
	const seal = await timed(async () => (sealed = await client.sealLocal(texts)));
	const kept = texts.map(({ name }, at) => ({ name, sealed: sealed[at] ?? '' }));
	const open = await timed(async () => {
		if ((await client.openLocal(kept)).includes(null)) throw new Error('a page does not open');
	});
	const sizes = kept.map(plainSize);
	return { ours: { seal, open }, peer: { seal: await bare(sizes, 'encrypt'), open: await bare(sizes, 'decrypt') } };
}

/** The longest that the page's own work was kept waiting while `work` ran. */
async function longestTask(work: Promise<unknown>): Promise<number> {
	let [longest, over] = [0, false];
	void work.finally(() => (over = true));
	for (let last = performance.now(); !over;) {
		await new Promise((resolve) => setTimeout(resolve));
		const now = performance.now();
		[longest, last] = [Math.max(longest, now - last), now];
	}
	return longest;
}

/** Sealing anew under the next generation, and how long the page is kept waiting, beside bare open and seal and an idle page. */
async function rotation(count: number) {
	const sealed = await sealAll(bodiesOf(count));
	server.post(await client.call('nextRoster', { entity, domain: DOMAIN, step: 'rotate' }));
	await client.accept(server.served(entity, user));
	const at = '2026-03-01T09:30:00.000Z';
	const rows = sealed.map(
		(one) => ({ ...one, domain: DOMAIN, seq: '1', author: user, state: 'live', updatedAt: at }) as const
	);
	let ours = 0;
	const turning = timed(async () => {
		for (const page of cut(rows, RESEALED)) {
			const made = await client.call('reseal', { entity, domain: DOMAIN, rows: page });
			if (made.some((one) => one.sealed === null)) throw new Error('a body was not sealed anew');
		}
	}).then((took) => (ours = took));
	const busy = await longestTask(turning);
	const idle = await longestTask(new Promise((resolve) => setTimeout(resolve, ours)));
	const sizes = sealed.map(plainSize);
	return { ours, peer: (await bare(sizes, 'decrypt')) + (await bare(sizes, 'encrypt')), busy, idle };
}

class KeysBench {
	begin = begin;
	ours = unlocking.ours;
	hashWasm = unlocking.hashWasm;
	openpgp = unlocking.openpgp;
	libsodium = unlocking.libsodium;
	records = records;
	pages = pages;
	rotation = rotation;
}

declare global {
	var keysBench: KeysBench;
}
globalThis.keysBench = new KeysBench();
