import { displayValue, kindOf, label, textMaker, titleOf, wordsOf } from '$lib/kinds/index.ts';
import type { Kind, Look } from '$lib/kinds/index.ts';
import { isPurged } from '$lib/vault/open-record.ts';
import type { OpenRecord } from '$lib/vault/open-record.ts';

/** The records of one kind that lie in the bin, the last deleted first. */
export interface BinShelf {
	/** The kind's own name, as bodies say it. */
	name: string;
	/** Undefined where a newer version of Arca made them. */
	kind: Kind | undefined;
	records: readonly OpenRecord[];
}

/** What lies in the bin and still says something. */
export function binned(records: readonly OpenRecord[]): OpenRecord[] {
	return records.filter((record) => record.state === 'bin' && !isPurged(record) && !record.damaged);
}

/** Those of them in which every word of the query is found, kind by kind in the order of the kinds' names. */
export function shelvesOf(records: readonly OpenRecord[], query: string, look: Look): BinShelf[] {
	const words = wordsOf(query);
	const latest = (a: OpenRecord, b: OpenRecord) => b.writtenAt.localeCompare(a.writtenAt);
	const nameOf = ({ kind, name }: BinShelf) => (kind ? label(kind.many, look.locale) : name);
	return [...Map.groupBy(records, ({ body }) => body.kind)]
		.map(([name, those]): BinShelf => {
			const kind = kindOf(name);
			const textOf = kind ? textMaker(kind, look.nameOf) : () => '';
			const found = those.filter(({ body }) => {
				const text = words.length === 0 ? '' : textOf(body.values);
				return words.every((word) => text.includes(word));
			});
			return { name, kind, records: found.sort(latest) };
		})
		.filter((shelf) => shelf.records.length > 0)
		.sort((a, b) => nameOf(a).localeCompare(nameOf(b), look.locale));
}

/** What a record is called, and what its card in a list says beside that. */
export function rowWords(kind: Kind | undefined, { body }: OpenRecord, look: Look): { title: string; detail: string } {
	if (!kind) return { title: body.kind, detail: '' };
	const title = titleOf(kind, body.values, look);
	const keys = [...kind.list.card.detail, ...(kind.list.card.end === undefined ? [] : [kind.list.card.end])];
	const texts = keys.map((key) => {
		const field = kind.fields[key];
		return field ? displayValue(field, body.values[key], look) : '';
	});
	return { title, detail: texts.filter((text) => text !== '' && text !== title).join(' · ') };
}
