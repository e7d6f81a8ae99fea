import { sameJson } from '../sync/same-json.ts';
import type { VaultState } from './vault-state.svelte.ts';

/**
 * - `nothing`: no change of that record waited.
 * - `withdrawn`: it is not on the server and will not be sent.
 * - `landed`: the server has it already.
 * - `unknown`: it will not be sent again; whether it had arrived cannot be told.
 */
export type Withdrawal = 'nothing' | 'withdrawn' | 'landed' | 'unknown';

/**
 * Takes back the waiting change of a record, at once; then looks whether one of its tries had arrived after all.
 * @param refresh asks the server what is new after what is under way, and says whether it told everything
 */
export async function withdrawChange(
	state: VaultState,
	id: string,
	refresh: () => Promise<boolean>
): Promise<Withdrawal> {
	const waiting = state.unsent.changes.get(id);
	const turned = state.unsent.turnedAway.has(id);
	state.unsent.drop([id]);
	if (!waiting) return turned ? 'withdrawn' : 'nothing';
	const told = await refresh();
	const { base } = waiting.change;
	if (state.unsent.baseOf(id, base) !== base) return 'landed';
	if (!told || state.entity !== waiting.entity) return 'unknown';
	const record = state.records.peek(id);
	if ((record?.rev ?? '0') === base) return 'withdrawn';
	const tries = [...waiting.earlier, waiting.change];
	return record && tries.some(({ plain }) => sameJson(plain, record.body)) ? 'landed' : 'unknown';
}
