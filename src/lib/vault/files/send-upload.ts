import { fromBase64url, toBase64url } from '../../crypto/base64url.ts';
import type { Bytes } from '../../crypto/bytes.ts';
import { contentDigest } from '../../crypto/content-digest.ts';
import { sha256 } from '../../crypto/digest.ts';
import { letGo } from '../../crypto/let-go.ts';
import type { ApiClient } from '../../sync/api-client.ts';
import { ApiError } from '../../sync/api-error.ts';
import { VaultError } from '../vault-error.ts';
import type { PartSource } from './part-source.ts';
import { readyAhead } from './ready-ahead.ts';
import { sideBySide } from './side-by-side.ts';
import { UploadJournal } from './upload-journal.ts';
import type { UploadPorts } from './upload-ports.ts';
import { MOST_KEPT_BYTES, restarted } from './upload.ts';
import type { SentPart, Upload } from './upload.ts';

/** Parts on their way at once: while the server stores one, the line is not idle. */
const AT_ONCE = 2;

/** Who watches an upload on its way. */
interface UploadWatch {
	/** Called with the upload as it stands, after every step. */
	tell: (upload: Upload) => void;
	/** Called right before a part is sent: throws where it must not go. */
	mayGo: () => void;
}

/**
 * Sends what the server does not have of a file yet, from the first missing part on, and says that it is complete. Two
 * parts are on their way at once, and meanwhile the next is read and sealed, so that three are in memory. What is about to
 * be sent is noted before: of a part whose answer was lost the server may have any of the ways it was sealed.
 * @returns the upload, complete, and the digest of its content
 * @throws what `mayGo` does; ApiError; VaultError as the source does; KeysError `keys/locked`
 */
export async function sendUpload(
	ports: UploadPorts,
	begun: Upload,
	source: PartSource,
	watch: UploadWatch
): Promise<{ upload: Upload; content: string; digest: Bytes }> {
	try {
		return await send(ports, begun, source, watch);
	} catch (error) {
		if (!isGone(error) || begun.content === undefined) throw error;
		// It was swept meanwhile, or holds what nobody here sealed: a new content, and all of it once more.
		return send(ports, restarted(begun), source, watch);
	}
}

async function send(ports: UploadPorts, begun: Upload, source: PartSource, { tell, mayGo }: UploadWatch) {
	const { client, store, signal } = ports;
	const journal = new UploadJournal(store);
	const { entity, domain, file, size } = begun;
	const content =
		begun.content ??
		(await client.call('openContent', { body: { entity, domain, file, renews: begun.renews !== undefined }, signal }))
			.id;
	const upload = { ...begun, content, parts: begun.parts.map((part) => ({ ...part })) };
	const missing = [...upload.parts.entries()].filter(([, { stored }]) => !stored);
	const note = async () => {
		signal.throwIfAborted();
		await journal.write(upload);
		tell(upload);
	};
	const ready = readyAhead(missing, ([part, sent]) => readyToSend(ports, upload, source, part, sent));
	await note();
	const pieces = async function* () {
		for (const [part, sent] of missing) {
			const { bytes, hash, plain } = await ready();
			sent.tries.push(hash);
			if (plain !== undefined) sent.plain ??= plain;
			// Parts that arrived are noted with it: until then they would merely be offered once more.
			await note();
			mayGo();
			yield async (ends: AbortSignal) => {
				await put(client, { content, part, sent, bytes }, ends);
				if (size <= MOST_KEPT_BYTES) await keep(ports, content, part, bytes, hash === sent.stored);
				else letGo(bytes);
				tell(upload);
			};
		}
	};
	await sideBySide(AT_ONCE, pieces(), signal);
	await note();
	await client.call('completeContent', {
		params: { id: content },
		body: { parts: upload.parts.length, bytes: size },
		signal
	});
	const hashes = upload.parts.map(({ stored = '' }) => fromBase64url(stored));
	return { upload, content, digest: await contentDigest(hashes) };
}

/** A part as it goes, with the hashes that its note is to have. */
interface Ready {
	bytes: Bytes;
	hash: string;
	plain: string | undefined;
}

/** Reads a part and seals it; nothing is noted of it yet. */
async function readyToSend(
	{ keys, signal }: UploadPorts,
	{ key, content = '', kept, renews }: Upload,
	source: PartSource,
	part: number,
	sent: SentPart
): Promise<Ready> {
	signal.throwIfAborted();
	const plain = await source(part, sent);
	signal.throwIfAborted();
	// WebCrypto takes a copy of what it digests before it answers: the part can be handed over meanwhile.
	const [digest, made] = await Promise.all([
		kept || renews || sent.plain ? undefined : sha256(plain),
		key ? keys().sealPart({ key, content, part }, plain) : sha256(plain).then((hash) => ({ bytes: plain, hash }))
	]);
	return { bytes: made.bytes, hash: toBase64url(made.hash), plain: digest && toBase64url(digest) };
}

interface Sending {
	content: string;
	part: number;
	sent: SentPart;
	bytes: Bytes;
}

/** @throws VaultError `file/other-attempt` where the server has a part that was never sent from here */
async function put(client: ApiClient, { content, part, sent, bytes }: Sending, signal: AbortSignal): Promise<void> {
	const params = { id: content, n: String(part) };
	const answer = await client.call('putPart', { params, body: bytes, signal });
	const stored = answer.hash ?? sent.tries.at(-1);
	if (stored === undefined || !sent.tries.includes(stored)) throw new VaultError('file/other-attempt');
	sent.stored = stored;
}

/** For reading it again without the server; where there is no room, the server has it. */
async function keep(
	{ store }: UploadPorts,
	content: string,
	part: number,
	bytes: Bytes,
	isStored: boolean
): Promise<void> {
	if (isStored) await store.parts.put(content, part, bytes).catch(() => undefined);
}

/** Whether the content that an upload had begun is of no use any more. */
function isGone(error: unknown): boolean {
	if (error instanceof VaultError) return error.code === 'file/other-attempt';
	return error instanceof ApiError && [404, 409].includes(error.status);
}
