import { saysPurged } from '../api/purged-body.ts';
import { may } from '../access/permissions.ts';
import type { Permission } from '../access/permissions.ts';
import type { EntityView } from './entity-view.ts';
import type { OpenRecord } from './open-record.ts';
import type { SaveRefusal, SaveRequest } from './save-outcome.ts';

/**
 * Why a save is refused on this device already, before anything is kept; null where nothing speaks against it. The
 * server decides by the same table: this only spares the person a change that would wait in vain.
 * @param known the record as it is; undefined for a new one
 */
export function saveRefusal(
	view: EntityView | undefined,
	request: SaveRequest,
	known: OpenRecord | undefined
): SaveRefusal | null {
	if (known?.damaged) return 'damaged';
	// An older list of entities may say less than is true by now: then the server decides.
	if (!view) return null;
	const allowed = view.domains.includes(request.domain) && may(view.role, permissionFor(request, known));
	return allowed ? null : 'denied';
}

function permissionFor({ domain, body }: SaveRequest, known: OpenRecord | undefined): Permission {
	if (domain === 'chat') return 'chat.post';
	if (!known) return 'records.create';
	if (saysPurged(body)) return 'records.delete';
	return known.state === 'bin' && body.meta.deleted !== true ? 'records.restore' : 'records.edit';
}
