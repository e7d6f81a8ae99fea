/** What lies in the private bucket `plain` without a layer of ours: nothing there is referred to from a sealed domain. */
export const PLAIN_KINDS = ['avatar', 'audio', 'attachment'] as const;

export type PlainKind = (typeof PLAIN_KINDS)[number];

/** Whose object it is, what it is, and its own id, which is never used for another. */
export interface PlainPlace {
	entity: string;
	kind: PlainKind;
	id: string;
}

/** How long a signed URL holds, in seconds. */
export const SIGNED_FOR = 7200;

/** Bytes that an object of the bucket has at most. */
export const MOST_PLAIN_BYTES = 4 * 1024 * 1024;

const pictures = ['image/jpeg', 'image/png', 'image/webp'] as const;
const sounds = ['audio/mpeg', 'audio/mp4', 'audio/ogg', 'audio/wav'] as const;

/** The types that an object of each kind may be stored with; nothing of which a page could be made is among them. */
export const PLAIN_TYPES: Readonly<Record<PlainKind, readonly string[]>> = {
	avatar: pictures,
	audio: sounds,
	// Text goes as octets: a page of another site may post text/plain without asking, so the server takes that nowhere.
	attachment: [...pictures, ...['image/gif', 'image/avif', 'application/pdf'], ...sounds, 'application/octet-stream']
};

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const NAME = new RegExp(`^(${UUID})/other/(${PLAIN_KINDS.join('|')})/(${UUID})$`);

/** The name of an object in the bucket: `entity/other/kind/id`. */
export function plainName({ entity, kind, id }: PlainPlace): string {
	return `${entity}/other/${kind}/${id}`;
}

/** The place that a name tells; null for any other text. */
export function readPlainName(name: string): PlainPlace | null {
	const [, entity, kind, id] = NAME.exec(name) ?? [];
	return entity && kind && id ? { entity, kind: kind as PlainKind, id } : null;
}
