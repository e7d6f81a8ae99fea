import { fromBase64url, toBase64url } from '../../crypto/base64url.ts';
import type { Bytes } from '../../crypto/bytes.ts';
import { contentDigest } from '../../crypto/content-digest.ts';
import { sha256 } from '../../crypto/digest.ts';
import { ApiError } from '../../sync/api-error.ts';
import { VaultError } from '../vault-error.ts';
import type { PartSource } from './part-source.ts';
import { UploadJournal } from './upload-journal.ts';
import type { UploadPorts } from './upload-ports.ts';
import { MOST_KEPT_BYTES, restarted } from './upload.ts';
import type { SentPart, Upload } from './upload.ts';

/**
 * Sends what the server does not have of a file yet, from the first missing part on, and says that it is complete. What
 * is about to be sent is noted before: of a part whose answer was lost the server may have any of the ways it was sealed.
 * @param tell called with the upload as it stands, after every step
 * @returns the upload, complete, and the digest of its content
 * @throws ApiError; VaultError as the source does; KeysError `keys/locked`
 */
export async function sendUpload(
	ports: UploadPorts,
	begun: Upload,
	source: PartSource,
	tell: (upload: Upload) => void
): Promise<{ upload: Upload; content: string; digest: Bytes }> {
	try {
		return await send(ports, begun, source, tell);
	} catch (error) {
		if (!isGone(error) || begun.content === undefined) throw error;
		// It was swept meanwhile, or holds what nobody here sealed: a new content, and all of it once more.
		return send(ports, restarted(begun), source, tell);
	}
}

async function send(ports: UploadPorts, begun: Upload, source: PartSource, tell: (upload: Upload) => void) {
	const { client, store, signal } = ports;
	const journal = new UploadJournal(store);
	const { entity, domain, file, size } = begun;
	const content =
		begun.content ??
		(await client.call('openContent', { body: { entity, domain, file, renews: begun.renews !== undefined }, signal }))
			.id;
	const upload = { ...begun, content, parts: begun.parts.map((part) => ({ ...part })) };
	const note = async () => {
		await journal.write(upload);
		tell(upload);
	};
	await note();
	for (const [part, sent] of upload.parts.entries()) {
		if (sent.stored) continue;
		signal.throwIfAborted();
		const plain = await source(part, sent);
		if (!upload.kept && !upload.renews) sent.plain ??= toBase64url(await sha256(plain));
		const { bytes, hash } = await sealed(ports, upload, part, plain);
		sent.tries.push(hash);
		await note();
		await put(ports, { content, part, sent, bytes });
		if (size <= MOST_KEPT_BYTES) await keep(ports, content, part, bytes, hash === sent.stored);
		await note();
	}
	await client.call('completeContent', {
		params: { id: content },
		body: { parts: upload.parts.length, bytes: size },
		signal
	});
	const hashes = upload.parts.map(({ stored = '' }) => fromBase64url(stored));
	return { upload, content, digest: await contentDigest(hashes) };
}

async function sealed({ keys }: UploadPorts, { key, content = '' }: Upload, part: number, plain: Bytes) {
	const made = key ? await keys().sealPart({ key, content, part }, plain) : { bytes: plain, hash: await sha256(plain) };
	return { bytes: made.bytes, hash: toBase64url(made.hash) };
}

interface Sending {
	content: string;
	part: number;
	sent: SentPart;
	bytes: Bytes;
}

/** @throws VaultError `file/other-attempt` where the server has a part that was never sent from here */
async function put({ client, signal }: UploadPorts, { content, part, sent, bytes }: Sending): Promise<void> {
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
