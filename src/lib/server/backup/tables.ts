import { DECOY } from '../backend/decoy.ts';

/** A table whose rows go into an archive, and those of its columns that do where it is not all of them. */
export interface KeptTable {
	name: string;
	columns?: readonly string[];
	/** A condition of SQL on a row `t`, where not all of them do. */
	where?: string;
}

/** What of an account is kept: whose it is and how it is signed in to. No token of a mail, no provider's token. */
const ACCOUNT = [
	...['id', 'aud', 'role', 'email', 'encrypted_password', 'phone', 'email_confirmed_at', 'phone_confirmed_at'],
	...['invited_at', 'raw_app_meta_data', 'raw_user_meta_data', 'banned_until', 'deleted_at', 'is_sso_user'],
	...['is_anonymous', 'last_sign_in_at', 'created_at', 'updated_at']
];

/** The tables of an archive, each behind those it refers to. */
export const KEPT: readonly KeptTable[] = [
	// The account that every server makes for itself stays behind.
	{ name: 'auth.users', columns: ACCOUNT, where: `t.email is distinct from '${DECOY}'` },
	{ name: 'auth.identities', where: `t.identity_data ->> 'email' is distinct from '${DECOY}'` },
	{ name: 'storage.buckets' },
	{ name: 'storage.objects' },
	{ name: 'app_private.limits' },
	{ name: 'app_private.session_rules' },
	{ name: 'app_private.ended_sessions' },
	{ name: 'public.two_factor' },
	{ name: 'app_private.totp_secrets' },
	{ name: 'app_private.passkeys' },
	{ name: 'app_private.recovery_codes' },
	{ name: 'public.preferences' },
	{ name: 'app_private.drawn_ids' },
	{ name: 'public.entities' },
	{ name: 'public.memberships' },
	{ name: 'public.heads' },
	{ name: 'public.identities' },
	{ name: 'public.user_keys' },
	{ name: 'public.bundles' },
	{ name: 'public.rosters' },
	{ name: 'app_private.roster_people' },
	{ name: 'public.key_grants' },
	{ name: 'app_private.emergency_grants' },
	{ name: 'app_private.usage' },
	{ name: 'public.records' },
	{ name: 'public.record_history' },
	{ name: 'public.contents' },
	{ name: 'public.audit_events' },
	{ name: 'app_private.audit_heads' },
	{ name: 'app_private.audit_cuts' }
];

/** Every other table, with the reason why it stays behind. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
	'auth.sessions': 'everybody signs in again after a restore',
	'app_private.session_uses': 'the sessions stay behind as well',
	'auth.refresh_tokens': 'they continue sessions',
	'auth.flow_state': 'a sign-in that was under way',
	'auth.audit_log_entries': 'the log of the sign-in service, for the machine it ran on',
	'app.role_permissions': 'laid down by the migrations',
	'public.key_resets': 'a reset is asked for again: its day of waiting is for who can cancel it',
	'app_private.password_failures': 'wrong passwords of the last day',
	'public.session_elevations': 'of sessions, which stay behind',
	'app_private.pin_shares': 'of sessions, which stay behind',
	'app_private.step_challenges': 'of sessions, which stay behind',
	'app_private.step_attempts': 'codes that were tried in the last day',
	'app_private.used_proofs': 'proofs of the last minutes',
	'app_private.limit_counts': 'what was used of limits in the last minute, and attempts of the last day',
	'app_private.mac_keys': 'derived from the system keys, at every start',
	'app_private.sweeps': 'when the last sweep was',
	'supabase_migrations.schema_migrations': 'its versions stand in the head of the archive',
	'supabase_migrations.seed_files': 'there are none'
};
