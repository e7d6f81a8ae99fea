import { intakeId, markDose, wallTime, type DoseMark } from '$lib/kinds/index.ts';
import type { OpenRecord } from '$lib/vault/open-record.ts';
import type { SaveOutcome } from '$lib/vault/save-outcome.ts';
import { vault } from '$lib/vault/vault.svelte.ts';

/**
 * Saves what became of a planned dose, in the one record that it has on every device.
 * @param plannedAt by the clock on the wall
 */
export async function sayDose(medication: OpenRecord, plannedAt: string, mark: DoseMark): Promise<SaveOutcome> {
	const id = await intakeId(medication, plannedAt);
	const known = vault.record(id);
	const before = known?.body.kind === 'medication-intake' ? known.body : undefined;
	const at = new Date().toISOString();
	const body = markDose(medication, plannedAt, mark, { now: wallTime(at), at }, before);
	return vault.save(id, medication.domain, body, before);
}
