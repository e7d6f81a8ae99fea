import { randomUUID } from 'node:crypto';
import type { LocalSave } from '../../../src/lib/sync/replica.ts';
import type { Chance } from './chance.ts';
import { Model } from './model.ts';
import type { Act, Body } from './model.ts';

const fields = ['payee', 'amount', 'note'] as const;
let drawn = 0;

/** A new record, typed in. */
export function drawNew(chance: Chance): { act: Act; save: LocalSave } {
	return finish(startAct(randomUUID(), null), blank(), chance, (act, body) =>
		write(act, body, chance, 1 + chance.below(3))
	);
}

/** Something a person may do with the record they see; null where there is nothing to do. */
export function drawEdit(chance: Chance, id: string, saw: Body): { act: Act; save: LocalSave } | null {
	const act = startAct(id, structuredClone(saw));
	if (saw.meta.deleted === true) {
		if (chance.happens(0.5)) return null;
		return finish(act, structuredClone(saw), chance, (_, body) => {
			act.move = 'out';
			delete body.meta.deleted;
		});
	}
	return finish(act, structuredClone(saw), chance, (_, body) => {
		const conflicts = body.meta.conflicts as { [field: string]: unknown[] } | undefined;
		const [contested] = Object.keys(conflicts ?? {});
		const tags = (body.values.tags ?? []) as string[];
		if (conflicts && contested && chance.happens(0.5)) {
			settle(act, body, conflicts, contested, chance);
		} else if (chance.happens(0.12)) {
			act.move = 'bin';
			body.meta.deleted = true;
		} else if (chance.happens(0.25)) {
			const gone = chance.happens(0.4) ? chance.pick(tags) : undefined;
			if (gone !== undefined) act.tagsRemoved.push(gone);
			else act.tagsAdded.push(`tag ${act.mark}`);
			body.values.tags = [...tags.filter((tag) => tag !== gone), ...act.tagsAdded];
		} else write(act, body, chance, 1 + chance.below(2));
	});
}

function startAct(record: string, saw: Body | null): Act {
	return { mark: `act-${++drawn}`, record, saw, writes: {}, tagsAdded: [], tagsRemoved: [], move: null, fate: 'cut' };
}

function blank(): Body {
	return { kind: 'note', version: 1, values: {}, meta: { at: '' } };
}

function finish(
	act: Act,
	body: Body,
	chance: Chance,
	change: (act: Act, body: Body) => void
): { act: Act; save: LocalSave } {
	change(act, body);
	body.meta[act.mark] = true;
	const domain = act.saw === null && chance.happens(0.2) ? 'health' : 'finances';
	return { act, save: { id: act.record, domain, body: body as unknown as LocalSave['body'] } };
}

/** Writes some fields: new values that nobody else writes, or nothing. */
function write(act: Act, body: Body, chance: Chance, count: number): void {
	for (let turn = 0; turn < count; turn++) {
		const field = chance.pick(fields) ?? 'note';
		if (field in act.writes) continue;
		if (field in body.values && chance.happens(0.2)) {
			act.writes[field] = null;
			delete body.values[field];
		} else {
			const value = field === 'amount' ? { minor: drawn, currency: 'EUR' } : `${field} of ${act.mark}`;
			act.writes[field] = value;
			body.values[field] = value;
		}
	}
}

/** The person picks one of the values they see, or types another. */
function settle(act: Act, body: Body, conflicts: { [field: string]: unknown[] }, field: string, chance: Chance): void {
	const value = chance.happens(0.6) ? chance.pick(Model.seen(body, field)) : `${field} of ${act.mark}`;
	act.writes[field] = value ?? null;
	if (value === null || value === undefined) delete body.values[field];
	else body.values[field] = value;
	delete conflicts[field];
	if (Object.keys(conflicts).length === 0) delete body.meta.conflicts;
}
