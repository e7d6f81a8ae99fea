import { toBase64url } from '../../crypto/base64url.ts';
import type { Bytes } from '../../crypto/bytes.ts';
import { CryptoError } from '../../crypto/crypto-error.ts';
import { file as fileKind } from '../../kinds/file.ts';
import type { RecordBody } from '../../kinds/index.ts';
import { ApiError } from '../../sync/api-error.ts';
import { saveRecord } from '../save-record.ts';
import { VaultError } from '../vault-error.ts';
import type { VaultState } from '../vault-state.svelte.ts';
import { isLayerChanged, underLayerOfNow } from './begin-anew.ts';
import { chosenParts, keptParts } from './part-source.ts';
import type { PartSource } from './part-source.ts';
import { checkRenewed, partsToRenew } from './read-file.ts';
import { sendUpload } from './send-upload.ts';
import { UploadJournal } from './upload-journal.ts';
import { uploadPorts } from './upload-ports.ts';
import type { UploadPorts } from './upload-ports.ts';
import type { Upload } from './upload.ts';

interface Around {
	state: VaultState;
	/** Called when a record was saved here that the server is to be told of. */
	saved: () => void;
	tell: (upload: Upload) => void;
	signal: AbortSignal;
}

/**
 * Sends what is left of an upload, and then saves the file's record: alone among the tabs of this browser. Does nothing
 * where another tab was done with it.
 * @throws VaultError `file/choose-again`, `file/layer-changed`; `file/sealed-now` where its domain got a user layer
 * meanwhile: called again it begins anew; and what `sendUpload` throws
 */
export async function finishUpload(
	{ state, saved, tell, signal }: Around,
	begun: Upload,
	chosen: Blob | undefined
): Promise<void> {
	await state.alone(`upload-${begun.file}`, async () => {
		const ports = await uploadPorts(state, AbortSignal.any([signal, state.opening.signal]));
		const journal = new UploadJournal(ports.store);
		const noted = await journal.read(begun.file);
		if (!noted) return;
		const upload = await underLayerOfNow(state, ports, noted, chosen);
		const old = oldValues(state, upload);
		if (upload.renews && !old) return giveUp(ports, upload);
		const inLayer = () => {
			if (isLayerChanged(state, upload)) throw new VaultError('file/sealed-now');
		};
		const source = sourceOf(ports, upload, chosen, old);
		const sent = await sendUpload(ports, upload, source, { tell, mayGo: inLayer }).catch(async (error: unknown) => {
			if (!(error instanceof ApiError)) throw error;
			if (error.code === 'content/no-layer') await state.renewKeys(upload.entity);
			inLayer();
			throw error;
		});
		if (state.entity !== upload.entity) throw new VaultError('vault/closed');
		inLayer();
		if (old) await checkRenewed(old, sent.upload.parts);
		const body = bodyOf(state, sent);
		if (body) {
			const outcome = await saveRecord(state, { id: upload.file, domain: upload.domain, body });
			if (outcome.status === 'refused') throw new VaultError(`file/${outcome.reason}`);
		}
		await journal.remove(upload.file);
		await ports.store.parts.drop(upload.file);
		saved();
	});
}

type Values = Readonly<Record<string, unknown>>;

/** What a file's record tells of the content that is to be renewed; null where that is not what it names, or no longer. */
function oldValues(state: VaultState, { file, renews }: Upload): Values | null {
	const values = state.records.peek(file)?.body.values;
	return renews !== undefined && values?.content === renews ? values : null;
}

function sourceOf(ports: UploadPorts, upload: Upload, chosen: Blob | undefined, old: Values | null): PartSource {
	if (old) return partsToRenew(ports, old);
	if (upload.kept) return orChooseAgain(keptParts(ports, upload));
	if (!chosen) throw new VaultError('file/choose-again');
	return chosenParts(chosen, upload.size);
}

/** A part that is kept here and does not open is as good as gone. */
function orChooseAgain(source: PartSource): PartSource {
	return (part, sent) =>
		source(part, sent).catch((error: unknown) => {
			throw error instanceof CryptoError ? new VaultError('file/choose-again') : error;
		});
}

/** Another device was first, or the file is gone. */
async function giveUp({ client, store }: UploadPorts, { file, content }: Upload): Promise<void> {
	await new UploadJournal(store).remove(file);
	if (content) await client.call('releaseContent', { params: { id: content } });
}

/** What the record says from now on; null where it names another content than the one that was renewed by now. */
function bodyOf(
	state: VaultState,
	{ upload, content, digest }: { upload: Upload; content: string; digest: Bytes }
): RecordBody | null {
	const { name, type, size, parts, key, thumb, file } = upload;
	const of = { content, size, parts: parts.length, digest: toBase64url(digest), ...(key ? { key } : {}) };
	if (upload.renews) {
		const now = state.records.peek(file)?.body;
		return now && oldValues(state, upload) ? { ...now, values: { ...now.values, ...of } } : null;
	}
	const values = { name, type, ...of, ...(thumb ? { thumb } : {}) };
	return { kind: fileKind.name, version: fileKind.version, values, meta: { at: new Date().toISOString() } };
}
