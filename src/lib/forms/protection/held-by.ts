import type { SeenLayers } from '../../vault/look-at-layers.ts';
import type { OpenRecord } from '../../vault/open-record.ts';
import { m } from '$messages';

/** One of the seven layers, as far as it has to do with one record. */
export interface RecordLayer {
	readonly name: () => string;
	/** It is known to hold this record: its arc is filled. */
	readonly holds: boolean;
	readonly words: () => string;
}

/** The part of the vault that says something of the device. */
interface Device {
	readonly sync: { readonly lasting: boolean };
}

/**
 * The seven layers of a record from the outermost to the innermost: filled where it was seen that it holds, open where it
 * does not, where it has nothing to hold, and where nobody can say.
 * @param seen what was found by asking; null while it is not known yet
 */
export function heldBy(record: OpenRecord, seen: SeenLayers | null, { sync }: Device): RecordLayer[] {
	const rows = seen?.rows === 'refused';
	const system = seen?.system === 'sealed';
	const unknown = seen === null ? m.layer_being_asked : m.layer_not_asked;
	const rowsAre = seen?.rows === 'given' ? m.layer_rows_given : unknown;
	const systemIs = seen?.system === 'readable' ? m.layer_system_readable : unknown;
	const user = record.userLayer !== undefined && record.unread === undefined;
	return [
		{ name: m.layer_sign_in, holds: seen?.signIn != null, words: seen?.signIn ? m.protection_by_session : unknown },
		{ name: m.layer_rows, holds: rows, words: rows ? m.protection_by_rows : rowsAre },
		{ name: m.layer_storage, holds: false, words: m.protection_no_files },
		{ name: m.layer_disk, holds: false, words: m.protection_disk },
		{ name: m.layer_system, holds: system, words: system ? m.protection_by_system : systemIs },
		{ name: m.layer_user, holds: user, words: user ? m.protection_by_user : m.protection_not_user },
		{ name: m.layer_device, holds: sync.lasting, words: sync.lasting ? m.protection_by_device : m.layer_device_nothing }
	];
}
