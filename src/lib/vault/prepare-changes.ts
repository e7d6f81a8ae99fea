import type { Change } from '../api/record.ts';
import type { SaveRequest } from './save-outcome.ts';
import type { VaultState } from './vault-state.svelte.ts';

/**
 * Draws the change for each save: a new revision of its body, made now, on top of the revision the draft began from;
 * null for a record that is damaged and must not be saved over.
 *
 * Where an earlier try of the same save got no answer, that very change is given again, so that the server can tell
 * that it has it already; a new record that was typed once is not made twice.
 */
export function prepareChanges(state: VaultState, requests: readonly SaveRequest[]): (Change | null)[] {
	const at = new Date().toISOString();
	const waiting = waitingByContent(state);
	return requests.map((request) => {
		const content = contentOf(request.domain, request.body);
		const known = request.id === null ? undefined : state.records.peek(request.id);
		if (known?.damaged) return null;
		const earlier = request.id === null ? waiting.get(content)?.pop() : state.unsent.changes.get(request.id)?.change;
		const given = request.base ?? earlier?.base ?? known?.rev ?? '0';
		const base = request.id === null ? given : state.unsent.baseOf(request.id, given);
		if (earlier?.base === base && contentOf(earlier.domain, earlier.plain) === content) return earlier;
		const plain = { ...request.body, meta: { ...request.body.meta, at } };
		return { change: crypto.randomUUID(), id: request.id ?? crypto.randomUUID(), domain: request.domain, base, plain };
	});
}

/** Unanswered changes that make a new record in the opened entity, by what they say; twins stand in one list. */
function waitingByContent(state: VaultState): Map<string, Change[]> {
	const waiting = new Map<string, Change[]>();
	for (const { entity, change } of state.unsent.changes.values()) {
		if (entity !== state.entity || change.base !== '0') continue;
		const content = contentOf(change.domain, change.plain);
		waiting.set(content, [...(waiting.get(content) ?? []), change]);
	}
	return waiting;
}

/** What a body says, whenever it was made. */
function contentOf(domain: string, body: Change['plain']): string {
	return JSON.stringify([domain, { ...body, meta: { ...body?.meta, at: null } }]);
}
