import type { RecordBody } from './record-body.ts';
import { kindOf } from './registry.ts';

/**
 * The body in the newest version known here, step by step. A kind or version not known here comes back as it is, and so
 * does every field and member no step touches. The body given is never changed.
 */
export function upgradeBody(body: RecordBody): RecordBody {
	const kind = kindOf(body.kind);
	if (kind === undefined || body.version >= kind.version) return body;
	let values = body.values;
	for (let step = body.version; step < kind.version; step += 1) {
		values = kind.upgrades?.[step]?.({ ...values }) ?? values;
	}
	return { ...body, version: kind.version, values };
}
