import { VaultError } from '../vault-error.ts';
import type { VaultState } from '../vault-state.svelte.ts';
import { keepParts } from './part-source.ts';
import { UploadJournal } from './upload-journal.ts';
import { isSealedHere } from './upload-ports.ts';
import type { UploadPorts } from './upload-ports.ts';
import { contentSize, restarted } from './upload.ts';
import type { Upload } from './upload.ts';

/** Whether its domain got a user layer, or lost it, since the upload was begun. @throws VaultError `file/no-key` */
export function isLayerChanged(state: VaultState, { entity, domain, key }: Upload): boolean {
	return isSealedHere(state, entity, domain) !== (key !== undefined);
}

/**
 * The upload as it is to be sent now. One that was begun in the clear, in a domain that has a user layer by now, begins
 * anew with a key and a content of its own, from what is kept here or `chosen`; what it had sent is given up. Never the
 * other way round: what was to be sealed goes in the clear only when the person chooses it again. Killed anywhere it goes
 * on from there.
 * @throws VaultError `file/layer-changed`, `file/choose-again`, `file/no-key`
 */
export async function underLayerOfNow(
	state: VaultState,
	ports: UploadPorts,
	upload: Upload,
	chosen: Blob | undefined
): Promise<Upload> {
	if (!isLayerChanged(state, upload)) return upload.unsealed ? sealKept(ports, upload) : upload;
	if (upload.key !== undefined || !(upload.kept || chosen)) throw new VaultError('file/layer-changed');
	const key = await ports.keys().drawFileKey();
	if (!upload.kept) return beginAnew(ports, upload, { key });
	return sealKept(ports, await beginAnew(ports, upload, { key, unsealed: true }));
}

/**
 * Begins an upload anew with the file that the person chose again: what was kept or sent of it is given up.
 * @throws VaultError `file/changed`, `file/no-key`; DeviceError `device/full`
 */
export async function chosenAnew(state: VaultState, ports: UploadPorts, upload: Upload, chosen: Blob): Promise<Upload> {
	const isSealed = isSealedHere(state, upload.entity, upload.domain);
	await ports.store.parts.drop(upload.file);
	const anew = await beginAnew(ports, upload, isSealed ? { key: await ports.keys().drawFileKey() } : {});
	if (anew.kept) await keepParts(ports, anew, chosen);
	return anew;
}

/** Notes it with another key, or none, and forgets the content that it had: nothing refers to that any more. */
async function beginAnew(ports: UploadPorts, upload: Upload, to: Pick<Upload, 'key' | 'unsealed'>): Promise<Upload> {
	const { key: _, unsealed: __, ...rest } = restarted(upload);
	const anew = { ...rest, ...to };
	await new UploadJournal(ports.store).write(anew);
	const { content } = upload;
	if (content === undefined) return anew;
	await ports.store.parts.drop(content);
	// Without a network the server sweeps it a day later.
	await ports.client
		.call('releaseContent', { params: { id: content }, signal: ports.signal, tries: 1 })
		.catch(() => undefined);
	return anew;
}

/** Seals what is kept of it with its key. A part that is as long as its content is not sealed yet: sealed ones are longer. */
async function sealKept(ports: UploadPorts, upload: Upload): Promise<Upload> {
	const { unsealed: _, ...sealed } = upload;
	const { file: content, key = '', size, parts } = sealed;
	for (const part of parts.keys()) {
		const kept = await ports.store.parts.get(content, part);
		if (!kept) throw new VaultError('file/choose-again');
		if (kept.length !== contentSize(size, part)) continue;
		const { bytes } = await ports.keys().sealPart({ key, content, part }, kept);
		await ports.store.parts.put(content, part, bytes, true);
	}
	await new UploadJournal(ports.store).write(sealed);
	return sealed;
}
