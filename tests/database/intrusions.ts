import { randomUUID } from 'node:crypto';
import { identityOf } from './keys.ts';
import { bodyOf } from './person.ts';

/** Who tries to get in, and what is there. */
interface Around {
	/** Id of whoever asks, or of anybody where that is nobody. */
	me: string;
	/** A session of theirs that showed no second step. */
	session: string;
	stranger: string;
	entity: string;
	/** An entity nobody is in, of which there are no heads: each of its keys is free. */
	empty: string;
	/** Somebody without a row of preferences. */
	bystander: string;
	/** A row that is in a table. */
	rowOf: (table: string) => Record<string, unknown>;
}

/** For each table rows with a free key, as somebody makes them who wants in, and a change of what is there. */
export function intrusions({
	me,
	session,
	stranger,
	entity,
	empty,
	bystander,
	rowOf
}: Around): Record<string, { add: object[]; change: object }> {
	const record = { domain: 'finances', rev: 1, seq: 1, change_id: randomUUID(), author: me, body: bodyOf() };
	const earlier = { ...record, rev: 99, state: 'live', updated_at: '2026-01-01', replaced_at: '2026-01-01' };
	return {
		entities: { add: [{ id: randomUUID(), kind: 'pet', body: bodyOf(), created_by: me }], change: { kind: 'pet' } },
		memberships: {
			add: [
				{ entity_id: entity, user_id: stranger, role: 'viewer', domains: ['finances'] },
				{ entity_id: empty, user_id: me, role: 'owner', domains: ['health', 'finances', 'administration', 'chat'] }
			],
			change: { role: 'viewer' }
		},
		heads: { add: [{ entity_id: empty, domain: 'finances', seq: 0 }], change: { seq: 7 } },
		records: {
			add: [entity, empty].map((place) => ({ ...record, entity_id: place, id: randomUUID() })),
			change: { rev: 3, change_id: randomUUID() }
		},
		record_history: {
			add: [entity, empty].map((place) => ({ ...earlier, entity_id: place, id: randomUUID() })),
			change: { state: 'bin' }
		},
		audit_events: {
			add: [
				{ scope: 'entity', subject: entity, action: 'entity.edit' },
				{ scope: 'account', subject: me, action: 'settings.edit' }
			],
			change: { action: 'entity.delete' }
		},
		contents: {
			add: [{ ...rowOf('contents'), id: randomUUID(), author: me }],
			change: { state: 'due' }
		},
		preferences: { add: [{ user_id: bystander }], change: { body: { theme: 'dark' } } },
		identities: { add: [{ ...identityOf(), user_id: me, number: 7 }], change: { succession: null } },
		user_keys: {
			add: [
				{
					...{ user_id: me, version: 7, identity: 1, params: [65_536, 3, 1] },
					...{ salt: 'A'.repeat(22), token: 'A'.repeat(43), account_key: 'A'.repeat(80) }
				}
			],
			change: { kept_until: '2026-01-01' }
		},
		bundles: {
			add: [{ user_id: me, version: 7, keys_version: 1, body: bodyOf() }],
			change: { kept_until: '2026-01-01' }
		},
		key_resets: { add: [{ user_id: bystander, due_at: '2026-01-01' }], change: { due_at: '2026-01-01' } },
		two_factor: { add: [{ user_id: me }, { user_id: bystander }], change: { since: '2026-01-01' } },
		session_elevations: {
			add: [{ session_id: session, user_id: me, means: 'code' }],
			change: { until: '2099-01-01' }
		},
		rosters: {
			add: [{ ...rowOf('rosters'), epoch: 7, signer: me }],
			change: { at: '2026-01-01' }
		},
		key_grants: {
			add: [{ ...rowOf('key_grants'), generation: 7, member_id: me }],
			change: { at: '2026-01-01' }
		}
	};
}
