import type { Plain } from '../api/record.ts';
import { mergeField, touched } from './merge-field.ts';
import type { Alternative, FieldState } from './merge-field.ts';
import { mergePurged } from './merge-purged.ts';

/** By field of `values` (other members: see keyOf) the values beside the one that stands; as `meta.conflicts` holds them. */
export type Conflicts = { readonly [field: string]: readonly Alternative[] };

export interface MergedBody {
	body: Plain;
	/** Keys of `meta.conflicts` that gained an alternative. */
	collided: string[];
	/** One side moved the record to the bin while the other changed what it says: the edit lies in the bin now. */
	editInBin: boolean;
}

/**
 * Three-way merge of two bodies of one record, by field of `values`, by member of `meta` and of the body itself.
 *
 * What one side changed stands; where both changed a field to different values, theirs stands and mine becomes an
 * alternative in `meta.conflicts[field]`, until a save leaves it out. Lists of texts merge as sets. The bin wins over an
 * edit; what is deleted for good: see mergePurged. No clock decides: `meta.at` only goes along. Members nobody here knows are merged like any other.
 * @param before the body both began from; null where there is none, so that every difference is a collision
 * @param author whose body `mine` is, noted with its alternatives
 */
export function mergeBodies(before: Plain | null, mine: Plain, theirs: Plain, author?: string): MergedBody {
	const purged = mergePurged(before, mine, theirs);
	if (purged) return purged;
	const [base, left, right] = [flatten(before), flatten(mine), flatten(theirs)];
	const at = textOf(mine.meta.at);
	const by = author === undefined ? { at } : { at, author };
	const merged: Flat = new Map();
	const collided: string[] = [];
	let [leftEdits, rightEdits] = [false, false];
	for (const key of new Set([...right.keys(), ...left.keys(), ...base.keys()])) {
		const [from, a, b] = [base.get(key) ?? nothing, left.get(key) ?? nothing, right.get(key) ?? nothing];
		const field = mergeField(from, a, b, by);
		merged.set(key, field);
		if (field.collides) collided.push(nameOf(key));
		leftEdits ||= touched(from, a);
		rightEdits ||= touched(from, b);
	}
	const [was, mineGone, theirsGone] = [isDeleted(before), isDeleted(mine), isDeleted(theirs)];
	// One of them changed it: into the bin, unless it lay there before and that one took it out.
	const deleted = mineGone === theirsGone ? mineGone : !was;
	const editInBin = deleted && !was && mineGone !== theirsGone && (mineGone ? rightEdits : leftEdits);
	const kind = theirs.kind === before?.kind ? mine.kind : theirs.kind;
	const version = Math.max(mine.version, theirs.version);
	const later = [at, textOf(theirs.meta.at)].sort().at(-1);
	const { values, meta, body: rest } = unflatten(merged);
	const body = { ...rest, kind, version, values, meta: { ...meta, at: later, ...(deleted ? { deleted } : {}) } };
	return { body, collided, editInBin };
}

/** What lies beside the fields of a body; empty where it has no conflicts, or something unreadable in their place. */
export function conflictsOf(body: Plain): Conflicts {
	const { conflicts } = body.meta;
	if (typeof conflicts !== 'object' || conflicts === null || Array.isArray(conflicts)) return {};
	const kept = Object.entries(conflicts).filter(([, beside]) => Array.isArray(beside) && beside.length > 0);
	return Object.fromEntries(kept as [string, Alternative[]][]);
}

/** A body as one map: `values/<field>`, `meta/<member>`, `body/<member>`. */
type Flat = Map<string, FieldState>;

const nothing: FieldState = { value: undefined, beside: [] };
const settled = new Set(['kind', 'version', 'values', 'meta']);
const apart = new Set(['at', 'deleted', 'conflicts']);

function flatten(body: Plain | null): Flat {
	const flat: Flat = new Map();
	if (!body) return flat;
	const { values, meta, ...rest } = body;
	// A map, since a member may be called `constructor`.
	const beside = new Map(Object.entries(conflictsOf(body)));
	const put = (key: string, value: unknown) => flat.set(key, { value, beside: beside.get(nameOf(key)) ?? [] });
	for (const [name, value] of Object.entries(values)) put(`values/${name}`, value);
	for (const [name, value] of Object.entries(meta)) if (!apart.has(name)) put(`meta/${name}`, value);
	for (const [name, value] of Object.entries(rest)) if (!settled.has(name)) put(`body/${name}`, value);
	for (const name of beside.keys()) if (!flat.has(keyOf(name))) put(keyOf(name), undefined);
	return flat;
}

type Members = { [name: string]: unknown };
type Member = [string, unknown];

function unflatten(flat: Flat): { values: Members; meta: Members; body: Members } {
	const parts = { values: [] as Member[], meta: [] as Member[], body: [] as Member[] };
	const conflicts: Member[] = [];
	for (const [key, { value, beside }] of flat) {
		const cut = key.indexOf('/');
		if (value !== undefined) parts[key.slice(0, cut) as keyof typeof parts].push([key.slice(cut + 1), value]);
		if (beside.length > 0) conflicts.push([nameOf(key), beside]);
	}
	if (conflicts.length > 0) parts.meta.push(['conflicts', Object.fromEntries(conflicts)]);
	// Own members whatever they are called, where writing to `__proto__` would be lost.
	const { fromEntries } = Object;
	return { values: fromEntries(parts.values), meta: fromEntries(parts.meta), body: fromEntries(parts.body) };
}

/** What `meta.conflicts` calls a member: a field of `values` by its bare name, unless that holds a slash. */
function nameOf(key: string): string {
	const bare = key.startsWith('values/') ? key.slice('values/'.length) : key;
	return bare.includes('/') ? key : bare;
}

function keyOf(name: string): string {
	return /^(values|meta|body)\//.test(name) ? name : `values/${name}`;
}

function isDeleted(body: Plain | null): boolean {
	return body?.meta.deleted === true;
}

function textOf(value: unknown): string {
	return typeof value === 'string' ? value : '';
}
