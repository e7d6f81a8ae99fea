/**
 * How much harm a value does in the wrong hands, and with it how it is kept:
 * `highly sensitive` (keys, secrets, numbers of documents and accounts, and every body that may hold them): sealed at rest,
 * never logged, never in a URL, never in an error text. `sensitive` (names, e-mail, balances): row level security, never
 * logged. `internal` (ids, counters, preferences): row level security, not public.
 */
export const TIERS = ['highly sensitive', 'sensitive', 'internal'] as const;

export type Tier = (typeof TIERS)[number];

const GRANTS: Partial<Record<Tier, readonly string[]>> = {
	'highly sensitive': ['sealed'],
	internal: ['entity_id', 'domain', 'generation', 'member_id', 'identity', 'grantor_id', 'signature', 'at']
};

/** Every column of every table of ours, by tier; the column's comment in the database says the same. */
export const COLUMNS: Readonly<Record<string, Partial<Record<Tier, readonly string[]>>>> = {
	'public.entities': {
		'highly sensitive': ['body'],
		internal: ['id', 'kind', 'rev', 'epoch', 'restored_from', 'avatar', 'created_by', 'created_at', 'updated_at']
	},
	'public.memberships': { internal: ['entity_id', 'user_id', 'role', 'domains', 'created_at'] },
	'public.heads': { internal: ['entity_id', 'domain', 'seq', 'generation', 'oldest'] },
	'public.records': {
		'highly sensitive': ['body'],
		internal: [
			...['entity_id', 'id', 'domain', 'rev', 'seq', 'generation', 'state'],
			...['change_id', 'author', 'created_at', 'updated_at']
		]
	},
	'public.record_history': {
		'highly sensitive': ['body'],
		internal: [
			...['entity_id', 'id', 'domain', 'rev', 'seq', 'generation', 'state'],
			...['change_id', 'author', 'updated_at', 'replaced_at']
		]
	},
	'public.contents': {
		internal: [
			...['id', 'entity_id', 'domain', 'file', 'author', 'state', 'generation', 'renews', 'parts', 'bytes'],
			...['created_at', 'moved_at']
		]
	},
	'public.audit_events': {
		internal: [
			...['scope', 'subject', 'number', 'at', 'actor', 'session_id', 'action'],
			...['object_id', 'domain', 'previous', 'hash']
		]
	},
	'public.identities': { internal: ['user_id', 'number', 'kem', 'sign', 'succession', 'at'] },
	'public.user_keys': {
		'highly sensitive': [
			...['salt', 'token', 'account_key'],
			...['recovery_salt', 'recovery_token', 'recovery_account_key']
		],
		internal: ['user_id', 'version', 'identity', 'params', 'by_reset', 'at', 'kept_until']
	},
	'public.bundles': {
		'highly sensitive': ['body'],
		internal: ['user_id', 'version', 'keys_version', 'at', 'kept_until']
	},
	'public.key_resets': { internal: ['user_id', 'asked_at', 'due_at', 'session_id'] },
	'public.rosters': { internal: ['entity_id', 'epoch', 'counter', 'bytes', 'hash', 'signature', 'signer', 'at'] },
	'public.key_grants': GRANTS,
	'app_private.emergency_grants': GRANTS,
	'app_private.roster_people': { internal: ['entity_id', 'user_id'] },
	'public.two_factor': { internal: ['user_id', 'since'] },
	'public.session_elevations': { internal: ['session_id', 'user_id', 'means', 'at', 'until'] },
	'app_private.totp_secrets': {
		'highly sensitive': ['body'],
		internal: ['user_id', 'state', 'version', 'last_step', 'at']
	},
	'app_private.recovery_codes': { 'highly sensitive': ['hash'], internal: ['user_id', 'used_at'] },
	'app_private.passkeys': {
		sensitive: ['name'],
		internal: ['id', 'user_id', 'credential', 'public_key', 'counter', 'transports', 'at', 'used_at']
	},
	'app_private.step_challenges': { internal: ['session_id', 'purpose', 'user_id', 'challenge', 'at', 'credential'] },
	'app_private.step_attempts': { internal: ['user_id', 'attempts', 'locks', 'at', 'locked_until'] },
	'app_private.mac_keys': { 'highly sensitive': ['key'], internal: ['purpose', 'kid'] },
	'app_private.used_proofs': { internal: ['nonce', 'until'] },
	'app_private.pin_shares': {
		'highly sensitive': ['hash', 'body'],
		internal: ['session_id', 'user_id', 'id', 'tries', 'at']
	},
	'app_private.limit_counts': { internal: ['key', 'used', 'until', 'locked_until'] },
	'public.preferences': { internal: ['user_id', 'body', 'updated_at'] },
	'app.role_permissions': { internal: ['role', 'permission', 'reserved'] },
	'app_private.limits': { internal: ['name', 'value'] },
	'app_private.drawn_ids': { internal: ['id', 'drawn_by', 'drawn_at', 'used_at'] },
	'app_private.usage': { internal: ['entity_id', 'rows', 'bytes'] },
	'app_private.audit_heads': { internal: ['scope', 'subject', 'number', 'hash'] },
	'app_private.audit_cuts': { internal: ['scope', 'subject', 'number', 'hash', 'cut_at', 'transaction'] },
	'app_private.session_rules': { internal: ['user_id', 'idle_limit', 'maximum_age'] },
	'app_private.session_uses': { internal: ['session_id', 'user_id', 'used_at'] },
	'app_private.ended_sessions': { internal: ['session_id', 'user_id', 'how', 'ended_at'] },
	'app_private.password_failures': { internal: ['user_id', 'failures', 'failed_at', 'locked_until'] },
	'app_private.sweeps': { internal: ['id', 'swept_at'] }
};

/** The tier of one column (`public.records`, `body`), undefined if the table or column is not ours. */
export function tierOf(table: string, column: string): Tier | undefined {
	return TIERS.find((tier) => COLUMNS[table]?.[tier]?.includes(column));
}
