/** Where an imported record came from; kept inside the sealed body so that the server never learns it. */
export interface ImportSource {
	/** Id of the import run: undoing an import finds its records by this. */
	import: string;
	format: string;
	/** Name of the file. */
	name?: string;
	/** Line of the file, from 1. */
	line?: number;
	bank?: string;
	/** The bank's own id of the movement. */
	id?: string;
	/** Fingerprint by which a second import finds it again. */
	print?: string;
}

export interface RecordMeta {
	/** When it was written, RFC 3339 UTC. */
	at: string;
	deleted?: true;
	source?: ImportSource;
	[more: string]: unknown;
}

/** A record's JSON as it is sealed. Members nobody here knows survive every save. */
export interface RecordBody {
	kind: string;
	version: number;
	values: Record<string, unknown>;
	meta: RecordMeta;
	[more: string]: unknown;
}

/** The part of an opened record that pure code needs. */
export interface KindRecord {
	readonly id: string;
	readonly body: RecordBody;
}
