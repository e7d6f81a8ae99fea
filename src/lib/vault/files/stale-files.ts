import { DOMAINS } from '../../access/domains.ts';
import { may } from '../../access/permissions.ts';
import { file as fileKind } from '../../kinds/file.ts';
import type { VaultState } from '../vault-state.svelte.ts';
import { uploadPorts } from './upload-ports.ts';
import { newUpload } from './upload.ts';
import type { Upload } from './upload.ts';

/**
 * The files of the opened entity whose contents were sealed before their domain's key of now, as uploads that take their
 * places; where the person may rotate keys, and nobody does it already as far as this device knows.
 * @throws ApiError, KeysError
 */
export async function staleFiles(state: VaultState): Promise<Upload[]> {
	const { entity, keys } = state;
	const view = state.entities.find(({ id }) => id === entity);
	if (!entity || !keys || !view || !may(view.role, 'keys.rotate')) return [];
	const ports = await uploadPorts(state, state.opening.signal);
	const uploads: Upload[] = [];
	for (const domain of DOMAINS) {
		if (!view.domains.includes(domain) || !keys.layer(entity, domain)) continue;
		const { contents } = await state.client.call('listStaleContents', { query: { entity, domain } });
		for (const { id, file } of contents) {
			const record = state.records.peek(file);
			const values = record?.body.kind === fileKind.name && !record.damaged ? record.body.values : {};
			// By its record it has another content by now, or this device does not know the record yet.
			if (values.content !== id || (await ports.store.readText(`upload/${file}`)) !== null) continue;
			const size = typeof values.size === 'number' ? values.size : 0;
			const key = await ports.keys().drawFileKey();
			uploads.push(newUpload({ file, entity, domain, key, name: '', type: '', size, renews: id }));
		}
	}
	return uploads;
}
