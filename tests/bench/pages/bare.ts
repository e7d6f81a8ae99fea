/** What a page does with WebCrypto and nothing else: what the key worker is measured against. Times in milliseconds. */
import { cut, timed } from './timed.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();
/** As long as what is authenticated with a body. */
const additionalData = new Uint8Array(70);

interface Kept {
	iv: Uint8Array<ArrayBuffer>;
	body: ArrayBuffer;
	/** Bytes of the text, without what it is filled up with. */
	length: number;
}

function drawKey(): Promise<CryptoKey> {
	return crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

async function seal(key: CryptoKey, text: string, size: number): Promise<Kept> {
	const padded = new Uint8Array(size);
	const { written: length } = encoder.encodeInto(text, padded);
	const iv = crypto.getRandomValues(new Uint8Array(12));
	return { iv, length, body: await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, key, padded) };
}

async function open(key: CryptoKey, { iv, body, length }: Kept): Promise<string> {
	const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData }, key, body);
	return decoder.decode(new Uint8Array(plain, 0, length));
}

/** Texts to sealed bytes of these sizes, and back to texts; so many at once. */
export async function bareTexts(texts: readonly string[], sizes: readonly number[], atOnce: number) {
	const key = await drawKey();
	const kept: Kept[] = [];
	const times = { seal: 0, open: 0 };
	times.seal = await timed(async () => {
		for (const some of cut([...texts.keys()], atOnce))
			kept.push(...(await Promise.all(some.map((at) => seal(key, texts[at] ?? '', sizes[at] ?? 0)))));
	});
	times.open = await timed(async () => {
		for (const some of cut(kept, atOnce)) await Promise.all(some.map((one) => open(key, one)));
	});
	return times;
}

/** Values to sealed bytes by way of their JSON, and back. */
export async function bareValues(values: readonly unknown[], sizes: readonly number[], atOnce: number) {
	const key = await drawKey();
	const kept: Kept[] = [];
	const times = { seal: 0, open: 0 };
	times.seal = await timed(async () => {
		for (const some of cut([...values.keys()], atOnce))
			kept.push(...(await Promise.all(some.map((at) => seal(key, JSON.stringify(values[at]), sizes[at] ?? 0)))));
	});
	times.open = await timed(async () => {
		for (const some of cut(kept, atOnce))
			await Promise.all(some.map(async (one) => JSON.parse(await open(key, one)) as unknown));
	});
	return times;
}

/** Buffers of these sizes, which are there before, sealed and opened: the cipher's calls alone. */
export async function bareCipher(sizes: readonly number[], atOnce: number) {
	const key = await drawKey();
	const algorithms = sizes.map(() => ({
		name: 'AES-GCM',
		iv: crypto.getRandomValues(new Uint8Array(12)),
		additionalData
	}));
	const start = { name: 'AES-GCM', iv: new Uint8Array(12), additionalData };
	const plain = sizes.map((size) => new ArrayBuffer(size));
	const all = async (verb: 'encrypt' | 'decrypt', buffers: readonly ArrayBuffer[]) => {
		const made: ArrayBuffer[] = [];
		const did = (at: number) => crypto.subtle[verb](algorithms[at] ?? start, key, buffers[at] ?? new ArrayBuffer(0));
		const took = await timed(async () => {
			for (const some of cut([...buffers.keys()], atOnce)) made.push(...(await Promise.all(some.map(did))));
		});
		return { made, took };
	};
	const sealed = await all('encrypt', plain);
	return { seal: sealed.took, open: (await all('decrypt', sealed.made)).took };
}

type Written = { toBase64(options: object): string };
type Reading = { fromBase64(text: string, options: object): Uint8Array<ArrayBuffer> };
const base64url = { alphabet: 'base64url', omitPadding: true };
const write = (bytes: Uint8Array): string => (bytes as unknown as Written).toBase64(base64url);
const read = (text: string): Uint8Array<ArrayBuffer> => (Uint8Array as unknown as Reading).fromBase64(text, base64url);

/** A nonce, then what was sealed under it: as a body is stored, base64url. */
async function sealStored(key: CryptoKey, plain: ArrayBuffer): Promise<string> {
	const iv = crypto.getRandomValues(new Uint8Array(12));
	const body = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, key, plain);
	const stored = new Uint8Array(iv.length + body.byteLength);
	stored.set(iv);
	stored.set(new Uint8Array(body), iv.length);
	return write(stored);
}

/** Stored bodies of plains of these sizes opened under one key and sealed under another. Milliseconds. */
export async function bareMove(sizes: readonly number[], atOnce: number): Promise<number> {
	const [from, to] = [await drawKey(), await drawKey()];
	const kept = await Promise.all(sizes.map((size) => sealStored(from, new ArrayBuffer(size))));
	const moved: string[] = [];
	const move = async (text: string): Promise<string> => {
		const stored = read(text);
		const algorithm = { name: 'AES-GCM', iv: stored.subarray(0, 12), additionalData };
		return sealStored(to, await crypto.subtle.decrypt(algorithm, from, stored.subarray(12)));
	};
	return timed(async () => {
		for (const some of cut(kept, atOnce)) moved.push(...(await Promise.all(some.map(move))));
	});
}

/** As many signatures, over the hash of a text and a place of its record, made (`seal`) and verified (`open`). */
export async function bareSignatures(count: number, atOnce: number) {
	const pair = await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify']);
	const texts = Array.from({ length: count }, () => crypto.getRandomValues(new Uint8Array(250)));
	const made: ArrayBuffer[] = [];
	const sign = await timed(async () => {
		for (const some of cut(texts, atOnce)) {
			const signed = some.map(async (text) => crypto.subtle.sign('Ed25519', pair.privateKey, await placed(text)));
			made.push(...(await Promise.all(signed)));
		}
	});
	const holds = async (text: Uint8Array<ArrayBuffer>, at: number): Promise<boolean> =>
		crypto.subtle.verify('Ed25519', pair.publicKey, made[at] ?? new ArrayBuffer(0), await placed(text));
	const verify = await timed(async () => {
		for (const some of cut([...texts.entries()], atOnce)) await Promise.all(some.map(([at, text]) => holds(text, at)));
	});
	return { seal: sign, open: verify };
}

/** As long as what is signed of a record, with the hash of its text. */
async function placed(text: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
	const message = new Uint8Array(110);
	message.set(new Uint8Array(await crypto.subtle.digest('SHA-256', text)), 78);
	return message;
}
