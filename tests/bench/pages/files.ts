/** What the bench of files does inside a browser; times are in milliseconds. */
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import sodium from 'libsodium-wrappers-sumo';
import { chunkSize, partSize, sealedPartSize } from '../../../src/lib/crypto/part.ts';
import { KeyClient } from '../../../src/lib/keys/key-client.ts';
import workerUrl from './keys.worker.ts?worker&url';
import { makeSignatures } from './signatures.ts';
import { timed } from './timed.ts';

type Bytes = Uint8Array<ArrayBuffer>;

interface Times {
	seal: number;
	open: number;
}

const additionalData = new Uint8Array(48);
const content = crypto.randomUUID();
const client = new KeyClient(new Worker(workerUrl, { type: 'module' }));
const named = client.drawFileKey();
let file: Bytes = new Uint8Array();

/** A file of random bytes, for all that follows. */
function make(size: number): void {
	file = new Uint8Array(size);
	for (let at = 0; at < size; at += 65_536) crypto.getRandomValues(file.subarray(at, at + 65_536));
}

const cut = (bytes: Bytes, size: number): Bytes[] =>
	Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) => bytes.subarray(at * size, (at + 1) * size));

/** Nobody may be fast by giving back something else. */
function check(opened: readonly Uint8Array[]): void {
	let at = 0;
	for (const piece of opened) {
		for (let byte = 0; byte < piece.length; byte += 4093)
			if (piece[byte] !== file[at + byte]) throw new Error('what was opened is not what was sealed');
		at += piece.length;
	}
	if (at !== file.length) throw new Error('not all of it was opened');
}

/** Part by part through the key worker, each in memory with room for being sealed, as the app reads it. */
async function throughWorker(withHash: boolean): Promise<Times> {
	// The worker hears nothing before it is there.
	const key = await named;
	await makeSignatures(withHash);
	const parts = cut(file, partSize).map((part) => {
		const memory = new Uint8Array(sealedPartSize(part.length));
		memory.set(part, memory.length - part.length);
		return memory.subarray(-part.length);
	});
	const sizes = parts.map(({ length }) => length);
	const sealed: Bytes[] = [];
	const opened: Bytes[] = [];
	const seal = await timed(async () => {
		for (const [part, bytes] of parts.entries())
			sealed.push((await client.sealPart({ key, content, part }, bytes)).bytes);
	});
	const open = await timed(async () => {
		for (const [part, bytes] of sealed.entries())
			opened.push(await client.openPart({ key, content, part }, sizes[part] ?? 0, bytes));
	});
	check(opened);
	return { seal, open };
}

/** Without the hash of each sealed part, and with it. */
const ours = (): Promise<Times> => throughWorker(false);
const hashed = (): Promise<Times> => throughWorker(true);

/** WebCrypto and nothing else: chunk by chunk, in the page, each kept where WebCrypto left it. */
async function bare(): Promise<Times> {
	const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
	const algorithm = (at: number) => {
		const iv = new Uint8Array(12);
		new DataView(iv.buffer).setUint32(7, at);
		return { name: 'AES-GCM', iv, additionalData };
	};
	const chunks = cut(file, chunkSize);
	const sealed: ArrayBuffer[] = [];
	const opened: Uint8Array[] = [];
	const seal = await timed(async () => {
		for (const [at, chunk] of chunks.entries()) sealed.push(await crypto.subtle.encrypt(algorithm(at), key, chunk));
	});
	const open = await timed(async () => {
		for (const [at, chunk] of sealed.entries())
			opened.push(new Uint8Array(await crypto.subtle.decrypt(algorithm(at), key, chunk)));
	});
	check(opened);
	return { seal, open };
}

/** The same, and the hash of as many bytes as each part has. */
async function bareHashed(): Promise<Times> {
	const { seal, open } = await bare();
	const hashes = await timed(async () => {
		for (const part of cut(file, partSize)) await crypto.subtle.digest('SHA-256', part);
	});
	return { seal: seal + hashes, open };
}

async function age(): Promise<Times> {
	const identity = await generateX25519Identity();
	const [encrypter, decrypter] = [new Encrypter(), new Decrypter()];
	encrypter.addRecipient(await identityToRecipient(identity));
	decrypter.addIdentity(identity);
	let [sealed, opened] = [new Uint8Array(), new Uint8Array()] as [Uint8Array, Uint8Array];
	const seal = await timed(async () => (sealed = await encrypter.encrypt(file)));
	const open = await timed(async () => (opened = await decrypter.decrypt(sealed)));
	check([opened]);
	return { seal, open };
}

async function secretstream(): Promise<Times> {
	await sodium.ready;
	const key = sodium.crypto_secretstream_xchacha20poly1305_keygen();
	const { state, header } = sodium.crypto_secretstream_xchacha20poly1305_init_push(key);
	const [more, last] = [0, sodium.crypto_secretstream_xchacha20poly1305_TAG_FINAL];
	const chunks = cut(file, chunkSize);
	let [sealed, opened]: [Uint8Array[], Uint8Array[]] = [[], []];
	const tag = (at: number) => (at === chunks.length - 1 ? last : more);
	const seal = await timed(() => {
		sealed = chunks.map((chunk, at) => sodium.crypto_secretstream_xchacha20poly1305_push(state, chunk, null, tag(at)));
		return Promise.resolve();
	});
	const reading = sodium.crypto_secretstream_xchacha20poly1305_init_pull(header, key);
	const open = await timed(() => {
		opened = sealed.map((chunk) => {
			const pulled = sodium.crypto_secretstream_xchacha20poly1305_pull(reading, chunk, null);
			if (!pulled) throw new Error('a chunk does not open');
			return pulled.message;
		});
		return Promise.resolve();
	});
	check(opened);
	return { seal, open };
}

class FilesBench {
	make = make;
	ours = ours;
	hashed = hashed;
	bare = bare;
	bareHashed = bareHashed;
	age = age;
	secretstream = secretstream;
}

declare global {
	var filesBench: FilesBench;
}
globalThis.filesBench = new FilesBench();
