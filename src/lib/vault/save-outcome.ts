import type { Domain } from '../api/ids.ts';
import type { RecordBody } from '../kinds/index.ts';
import type { OpenRecord } from './open-record.ts';

/**
 * Why a save did not come to be: `damaged`, a record that cannot be opened is not saved over; `denied`, the person's
 * role does not let them; `device-full`, this device has no room to keep it.
 */
export type SaveRefusal = 'damaged' | 'denied' | 'device-full';

/**
 * What became of a save. `saved`: it is on this device, and the server is told as soon as it is reached. `refused`:
 * nothing was kept, the caller still holds what was typed.
 */
export type SaveOutcome =
	{ status: 'saved'; id: string; record: OpenRecord } | { status: 'refused'; reason: SaveRefusal };

/** One save among many. */
export interface SaveRequest {
	/** The record's id; null for a new one. */
	id: string | null;
	domain: Domain;
	body: RecordBody;
	/** The body the draft began from; where the record says something else by now, both are merged field by field. */
	from?: RecordBody;
}
