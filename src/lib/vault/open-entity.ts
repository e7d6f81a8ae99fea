import type { Domain } from '../api/ids.ts';
import { pullRecords } from '../sync/pull.ts';
import type { Cursor } from '../sync/pull.ts';
import { openRecord } from './open-record.ts';
import { VaultError } from './vault-error.ts';
import type { VaultState } from './vault-state.svelte.ts';

/**
 * Opens an entity: forgets the one before, then pulls every record of the domains the person holds there.
 * A second call for the entity that is open only pulls what is new; one that failed half-way goes on from its cursor.
 * Throws VaultError `vault/no-such-entity`, ApiError, or an AbortError where another entity was opened meanwhile.
 */
export async function openEntity(state: VaultState, entity: string): Promise<void> {
	const view = state.entities.find((one) => one.id === entity);
	if (!view) throw new VaultError('vault/no-such-entity');
	if (state.entity !== entity) {
		state.close();
		state.entity = entity;
	}
	await pullNew(state, entity, view.domains, state.opening.signal);
	state.ready = true;
}

/** Pulls what is new in the entity that is open; a domain gained starts from zero, one lost is forgotten. */
async function pullNew(state: VaultState, entity: string, domains: Domain[], signal: AbortSignal): Promise<void> {
	const known = Object.keys(state.cursor) as Domain[];
	for (const domain of known) if (!domains.includes(domain)) state.records.forgetDomain(domain);
	const cursor: Cursor = {};
	for (const domain of domains) cursor[domain] = state.cursor[domain] ?? '0';
	state.cursor = cursor;
	if (domains.length === 0) return;
	const { epoch, restored } = await pullRecords(state.client, entity, cursor, state.epoch, {
		signal,
		onPage(page) {
			signal.throwIfAborted();
			state.records.put(page.records.map(openRecord));
			state.cursor = { ...state.cursor, ...page.after };
			state.epoch = page.epoch;
			state.received += page.records.length;
		}
	});
	signal.throwIfAborted();
	if (!restored) return;
	// The server was restored from a backup: what is known here no longer fits its sequences.
	state.records.clear();
	state.cursor = {};
	state.epoch = epoch;
	await pullNew(state, entity, domains, signal);
}
