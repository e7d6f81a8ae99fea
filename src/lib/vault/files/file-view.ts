import type { OpenRecord } from '../open-record.ts';
import { sentBytes } from './upload.ts';
import type { WaitingUpload } from './uploads.svelte.ts';

/** A file as a list shows it: one that a record names, or one on its way. */
export interface FileView {
	/** Of its record. */
	id: string;
	name: string;
	/** The type that was told when it was chosen: nothing leans on it. */
	type: string;
	/** Bytes. */
	size: number;
	/** A small picture of it, base64url. */
	thumb?: string;
	/** `choose-again`: it goes on once the same file is chosen. `failed`: it goes on once it is tried again. `problem` says why. */
	state: 'here' | 'uploading' | 'choose-again' | 'failed' | 'damaged';
	/** Of an upload: bytes of content that the server has. */
	sent?: number;
	/** The code of what went wrong last. */
	problem?: string;
}

export function fileView({ id, damaged, body: { values } }: OpenRecord): FileView {
	const { name, type, size, thumb } = values;
	return {
		id,
		name: textOf(name),
		type: textOf(type),
		size: typeof size === 'number' ? size : 0,
		...(typeof thumb === 'string' ? { thumb } : {}),
		state: damaged ? 'damaged' : 'here'
	};
}

export function uploadView({ upload, state, problem }: WaitingUpload): FileView {
	const { file: id, name, type, size, thumb } = upload;
	return {
		...{ id, name, type, size, state, sent: sentBytes(upload) },
		...(thumb ? { thumb } : {}),
		...(problem ? { problem } : {})
	};
}

function textOf(value: unknown): string {
	return typeof value === 'string' ? value : '';
}
