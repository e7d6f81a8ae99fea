/**
 * What the person did, and what must have become of it. Knows nothing of the app's merging: it keeps every save with what
 * its author saw at that moment, and judges the end by that alone.
 */

/** A record's JSON, as far as the model looks into it. */
export interface Body {
	values: { [field: string]: unknown };
	meta: { [member: string]: unknown };
	[more: string]: unknown;
}

/** One save: fields it wrote (null: cleared), tags it added and removed, the move it made, on top of what was seen. */
export interface Act {
	/** Its mark: the save leaves it in the body as `meta[mark]`, so that a body tells what went into it. */
	mark: string;
	record: string;
	saw: Body | null;
	writes: { [field: string]: unknown };
	tagsAdded: string[];
	tagsRemoved: string[];
	move: 'bin' | 'out' | null;
	/** `done`: it resolved. `cut`: its page was killed first; whether it is on disk is seen when the page opens again. */
	fate: 'done' | 'cut' | 'gone';
}

const MARK = /^act-\d+$/;

export class Model {
	readonly acts: Act[] = [];

	/** The marks of all acts that went into a body. */
	static marksOf(body: Body | null): Set<string> {
		return new Set(Object.keys(body?.meta ?? {}).filter((member) => MARK.test(member)));
	}

	/** All values of a field that a person looking at the body sees: the one that stands and those beside it. */
	static seen(body: Body | null, field: string): unknown[] {
		if (!body) return [null];
		const beside = (body.meta.conflicts as { [field: string]: { value?: unknown }[] } | undefined)?.[field] ?? [];
		return [body.values[field] ?? null, ...beside.map((one) => one.value ?? null)];
	}

	/** What is wrong with where everything ended, as sentences; `final` has every record of the entity. */
	judge(final: ReadonlyMap<string, Body>): string[] {
		const wrong: string[] = [];
		const real = this.acts.filter(({ fate }) => fate === 'done');
		const ids = new Set(real.map(({ record }) => record));
		for (const id of ids) {
			const body = final.get(id);
			if (!body) wrong.push(`record ${id} is gone`);
			else
				wrong.push(
					...judgeRecord(
						real.filter(({ record }) => record === id),
						body
					).map((text) => `${id}: ${text}`)
				);
		}
		for (const id of final.keys()) if (!ids.has(id)) wrong.push(`record ${id} was never made`);
		return wrong;
	}
}

function judgeRecord(acts: readonly Act[], body: Body): string[] {
	const wrong: string[] = [];
	const marks = Model.marksOf(body);
	for (const { mark } of acts) if (!marks.has(mark)) wrong.push(`${mark} never went in`);
	for (const mark of marks) if (!acts.some((act) => act.mark === mark)) wrong.push(`${mark} came from nowhere`);
	const fields = new Set([...acts.flatMap(({ writes }) => Object.keys(writes)), ...Object.keys(body.values)]);
	fields.delete('tags');
	for (const field of fields) wrong.push(...judgeField(acts, field, body));
	const expected = new Set(acts.flatMap(({ tagsAdded }) => tagsAdded));
	for (const tag of acts.flatMap(({ tagsRemoved }) => tagsRemoved)) expected.delete(tag);
	const tags = (body.values.tags ?? []) as string[];
	if (tags.length !== expected.size || tags.some((tag) => !expected.has(tag)))
		wrong.push(`tags are ${tags.join()}, not ${[...expected].join()}`);
	return [...wrong, ...judgeBin(acts, body)];
}

/** Every write is seen in the end, or was overwritten by one whose author had seen it. */
function judgeField(acts: readonly Act[], field: string, body: Body): string[] {
	const wrong: string[] = [];
	const writers = acts.filter(({ writes }) => field in writes);
	const seen = Model.seen(body, field).map(key);
	for (const value of seen)
		if (value !== 'null' && !writers.some(({ writes }) => key(writes[field]) === value))
			wrong.push(`${field} shows ${value}, which nobody wrote`);
	for (const act of writers) {
		const value = key(act.writes[field]);
		if (seen.includes(value)) continue;
		if (!writers.some((other) => knew(writers, other, field, act)))
			wrong.push(`${field} = ${value} of ${act.mark} is lost (seen: ${seen.join()})`);
	}
	return wrong;
}

/**
 * Whether the author of `later` had seen what `act` wrote, or had seen something whose author had. A value that several
 * wrote (nothing, or one that was picked) tells by itself that it was seen.
 */
function knew(writers: readonly Act[], later: Act, field: string, act: Act, walked = new Set<Act>()): boolean {
	if (later === act || walked.has(later)) return false;
	walked.add(later);
	const seen = Model.seen(later.saw, field).map(key);
	if (seen.includes(key(act.writes[field]))) {
		const twins = writers.filter((one) => key(one.writes[field]) === key(act.writes[field]));
		if (twins.length > 1 || key(act.writes[field]) === 'null' || Model.marksOf(later.saw).has(act.mark)) return true;
	}
	const marks = Model.marksOf(later.saw);
	const past = writers.filter((one) => marks.has(one.mark) && seen.includes(key(one.writes[field])));
	return past.some((one) => knew(writers, one, field, act, walked));
}

/** The bin wins over whoever did not know of it; whoever took a record out knew that it lay there. */
function judgeBin(acts: readonly Act[], body: Body): string[] {
	const moves = acts.filter(({ move }) => move !== null);
	const last = moves.filter(({ mark }) => !moves.some(({ saw }) => Model.marksOf(saw).has(mark)));
	const deleted = body.meta.deleted === true;
	const bins = last.filter(({ move }) => move === 'bin');
	const outs = last.filter(({ move }) => move === 'out');
	if (deleted && bins.length === 0) return ['lies in the bin, and nobody left it there'];
	// Put in the bin once more by somebody, while others took it out of where it lay before: either may stand.
	const again = bins.some(({ saw }) => moves.some(({ mark, move }) => move === 'out' && Model.marksOf(saw).has(mark)));
	// Put in the bin by two who did not know of each other, and taken out by one who saw it lie there: a merge sees one bin.
	const twice = outs.some(({ saw }) => {
		const known = moves.filter(({ mark, move }) => move === 'bin' && Model.marksOf(saw).has(mark));
		return bins.some((bin) => known.some(({ mark }) => !Model.marksOf(bin.saw).has(mark)));
	});
	if (!deleted && bins.length > 0 && !(outs.length > 0 && again) && !twice)
		return ['is out of the bin without anybody taking it out'];
	return [];
}

function key(value: unknown): string {
	return JSON.stringify(value ?? null);
}
