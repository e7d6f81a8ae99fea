import type { Domain } from '../../api/ids.ts';
import { fromBase64url, toBase64url } from '../../crypto/base64url.ts';
import type { Bytes } from '../../crypto/bytes.ts';
import { contentDigest } from '../../crypto/content-digest.ts';
import { CryptoError } from '../../crypto/crypto-error.ts';
import { sha256 } from '../../crypto/digest.ts';
import { equalBytes } from '../../crypto/bytes.ts';
import { readFileContent, sizeOfPart } from '../../crypto/file-content.ts';
import type { FileContent } from '../../crypto/file-content.ts';
import type { PartSource } from './part-source.ts';
import type { SentPart } from './upload.ts';
import type { UploadPorts } from './upload-ports.ts';

/** What a file's content is held against before it is shown. Tests take single checks out, to show what each of them stops. */
export const contentChecks = { sameSize, sameDigest };

/** A file's record, as far as it tells of its content. */
export interface FileRecord {
	domain: Domain;
	values: Readonly<Record<string, unknown>>;
}

/**
 * The content of a file, a part at a time; each is authenticated before it is given out. The last comes only once the
 * digest over all of them is the one that the record has: who has the end, has the whole.
 * @throws CryptoError `crypto/cannot-open` at the first part that is not what the record says; ApiError; KeysError
 */
export async function* readFile(
	ports: UploadPorts,
	{ values }: FileRecord,
	checks = contentChecks
): AsyncGenerator<Bytes, void, undefined> {
	const { key, file } = readValues(values);
	const hashes: Bytes[] = [];
	for (let part = 0; part < file.parts; part++) {
		ports.signal.throwIfAborted();
		const bytes = await fetchPart(ports, file, part);
		hashes.push(await sha256(bytes));
		if (part === file.parts - 1 && !checks.sameDigest(await contentDigest(hashes), file.digest))
			throw new CryptoError('crypto/cannot-open');
		yield await openPart(ports, file, part, bytes, key, checks);
	}
}

/** The parts of a content that another takes the place of; their notes get the SHA-256 of each as it was (`old`). */
export function partsToRenew(ports: UploadPorts, values: FileRecord['values']): PartSource {
	return async (part, sent) => {
		const { key, file } = readValues(values);
		const bytes = await fetchPart(ports, file, part);
		if (sent) sent.old = toBase64url(await sha256(bytes));
		return openPart(ports, file, part, bytes, key, contentChecks);
	};
}

/** @throws CryptoError `crypto/cannot-open` where the parts were not all of one attempt at the file: nothing takes its place */
export async function checkRenewed(values: FileRecord['values'], parts: readonly SentPart[]): Promise<void> {
	const hashes = parts.map(({ old = '' }) => fromBase64url(old));
	if (!equalBytes(await contentDigest(hashes), readValues(values).file.digest))
		throw new CryptoError('crypto/cannot-open');
}

/** The key is named by a text that only the key worker understands, so it is taken out before the rest is read. */
function readValues(values: FileRecord['values']): { key: string | undefined; file: FileContent } {
	const { key, ...rest } = values;
	if (key !== undefined && typeof key !== 'string') throw new CryptoError('crypto/cannot-open');
	return { key, file: readFileContent(rest, false) };
}

/** A part as the server has it; from this device, where it was opened before. */
async function fetchPart(
	{ client, store, signal }: UploadPorts,
	{ content, size }: FileContent,
	part: number
): Promise<Bytes> {
	const kept = await store.parts.get(content, part);
	if (kept) return kept;
	const bytes = await client.call('getPart', { params: { id: content, n: String(part) }, signal });
	// A copy: what is sealed for the device is handed on.
	if (size <= MOST_OFFLINE_BYTES) await store.parts.put(content, part, bytes.slice()).catch(() => undefined);
	return bytes;
}

/** Larger files would push everything else that was opened off the device. */
const MOST_OFFLINE_BYTES = 64 * 1024 * 1024;

async function openPart(
	{ keys }: UploadPorts,
	file: FileContent,
	part: number,
	bytes: Bytes,
	key: string | undefined,
	checks: typeof contentChecks
): Promise<Bytes> {
	const size = sizeOfPart(file, part);
	if (key !== undefined) return keys().openPart({ key, content: file.content, part }, size, bytes);
	if (!checks.sameSize(bytes.length, size)) throw new CryptoError('crypto/cannot-open');
	return bytes;
}

function sameSize(found: number, told: number): boolean {
	return found === told;
}

function sameDigest(found: Bytes, told: Bytes): boolean {
	return equalBytes(found, told);
}
