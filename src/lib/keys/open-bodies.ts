import { fromBase64url } from '../crypto/base64url.ts';
import { openRecords } from '../crypto/open-records.ts';
import type { OpenedJson } from './key-verbs.ts';
import type { BodyToOpen } from './record-keys.ts';

/** Opens bodies as they travel; each by itself. */
export async function openBodies(
	from: Parameters<typeof openRecords>[0],
	rows: readonly BodyToOpen[]
): Promise<OpenedJson[]> {
	const records = rows.map(({ id, rev, generation, sealed }) => {
		return { id, generation, revision: BigInt(rev), envelope: fromBase64url(sealed) };
	});
	const opened = await openRecords(from, records);
	return opened.map((one) => (one.ok ? { ok: true, json: one.json, author: one.author } : one));
}
