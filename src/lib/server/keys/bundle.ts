import type { BundleText } from '../../api/keys.ts';
import type { Arca } from '../arca.ts';
import type { Person } from '../backend/backend.ts';
import { callFunction } from '../backend/call-function.ts';
import { hasCode } from '../has-code.ts';
import { refuse } from '../http/refusal.ts';
import type { SystemLayer } from '../system-layer/index.ts';

/** A bundle as the database holds it, sealed over by the system layer. */
export interface BundleRow {
	version: number;
	body: string;
}

/**
 * Seals over a bundle as the browser sealed it.
 * @throws Refusal `request/invalid` when it is no envelope of a bundle.
 */
export function bundleRow(systemLayer: SystemLayer, user: string, { version, sealed }: BundleText): BundleRow {
	try {
		return { version, body: systemLayer.sealOverBundle(user, version, sealed) };
	} catch (error) {
		if (!hasCode(error, 'crypto/input')) throw error;
		throw refuse('request/invalid', { errors: [{ pointer: '#/sealed', detail: 'is no envelope of a bundle' }] });
	}
}

/**
 * A bundle as it is answered.
 * @throws Refusal `bundle/damaged` when the system layer of what is stored does not open.
 */
export function bundleOf(systemLayer: SystemLayer, user: string, { version, body }: BundleRow): BundleText {
	try {
		return { version, sealed: systemLayer.openOverBundle(user, version, body) };
	} catch (error) {
		if (!hasCode(error, 'crypto/cannot-open')) throw error;
		throw refuse('bundle/damaged');
	}
}

/** The person's newest bundle, of a version or of a version of the keys if named. @throws Refusal `keys/none`. */
export async function getBundle(
	{ backend, systemLayer }: Arca,
	person: Person,
	{ version, keys }: { version?: string | undefined; keys?: string | undefined }
): Promise<BundleText> {
	const args = { version: version ?? null, keys: keys ?? null };
	const row = (await callFunction(backend, person, 'get_bundle', args, { PT404: 'keys/none' })) as BundleRow;
	return bundleOf(systemLayer, person.id, row);
}

/**
 * Puts the next version of the person's bundle.
 * @throws Refusal `bundle/conflict` with the current one when it is not the next, `keys/none` without user encryption.
 */
export async function putBundle(
	{ backend, systemLayer }: Arca,
	person: Person,
	bundle: BundleText
): Promise<BundleText> {
	const row = bundleRow(systemLayer, person.id, bundle);
	const { conflict, bundle: there } = (await callFunction(
		backend,
		person,
		'put_bundle',
		{ ...row },
		{
			PT404: 'keys/none'
		}
	)) as { conflict: boolean; bundle: BundleRow };
	if (!conflict) return bundle;
	throw refuse('bundle/conflict', { current: bundleOf(systemLayer, person.id, there) });
}
