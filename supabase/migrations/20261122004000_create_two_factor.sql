-- Two-step verification: who has it on, which sessions showed a code, and what codes are checked against.
create table public.two_factor (
	user_id uuid primary key references auth.users (id) on delete cascade,
	since timestamptz not null default now()
);
comment on table public.two_factor is 'Who has two-step verification on.';
comment on column public.two_factor.user_id is 'internal: who';
comment on column public.two_factor.since is 'internal: since when';

create table public.session_elevations (
	session_id uuid primary key,
	user_id uuid not null references auth.users (id) on delete cascade,
	means text not null check (means in ('code', 'passkey', 'recovery')),
	at timestamptz not null default now(),
	until timestamptz not null default now() + interval '12 hours'
);
create index session_elevations_by_end on public.session_elevations (until);
comment on table public.session_elevations is 'The sessions that showed a second step.';
comment on column public.session_elevations.session_id is 'internal: which session';
comment on column public.session_elevations.user_id is 'internal: whose session';
comment on column public.session_elevations.means is 'internal: by a code of the app, by a passkey or by a recovery code';
comment on column public.session_elevations.at is 'internal: when; what harms for good wants it to be less than five minutes ago';
comment on column public.session_elevations.until is 'internal: until when it holds';

-- The database cannot use the secret: the server seals it, opens it for the length of a check, and proves the outcome.
create table app_private.totp_secrets (
	user_id uuid not null references auth.users (id) on delete cascade,
	state text not null check (state in ('waiting', 'on')),
	version bigint not null check (version >= 1),
	body text not null check (app.is_sealed(body)),
	last_step bigint not null default 0,
	at timestamptz not null default now(),
	primary key (user_id, state)
);
comment on table app_private.totp_secrets is 'The secret that codes are made of (RFC 6238): one that is on, and one that waits for its first code.';
comment on column app_private.totp_secrets.user_id is 'internal: whose it is';
comment on column app_private.totp_secrets.state is 'internal: waiting for its first code, or on';
comment on column app_private.totp_secrets.version is 'internal: it is sealed in this place';
comment on column app_private.totp_secrets.body is 'highly sensitive: the secret, sealed by the system layer';
comment on column app_private.totp_secrets.last_step is 'internal: the newest time step of which a code was taken; it and earlier ones are refused';
comment on column app_private.totp_secrets.at is 'internal: since when; one that waits is forgotten after an hour';

create table app_private.recovery_codes (
	user_id uuid not null references auth.users (id) on delete cascade,
	hash text not null check (hash ~ '^[0-9a-f]{64}$'),
	used_at timestamptz,
	primary key (user_id, hash)
);
comment on table app_private.recovery_codes is 'What takes the place of a code when the app is lost: each once.';
comment on column app_private.recovery_codes.user_id is 'internal: whose it is';
comment on column app_private.recovery_codes.hash is 'highly sensitive: SHA-256 of the code (120 random bits), in hex';
comment on column app_private.recovery_codes.used_at is 'internal: when it was used, null while it has not been';

create table app_private.passkeys (
	id uuid primary key default gen_random_uuid(),
	user_id uuid not null references auth.users (id) on delete cascade,
	credential text not null unique check (credential ~ '^[A-Za-z0-9_-]+$' and length(credential) between 16 and 1364),
	public_key text not null check (public_key ~ '^[A-Za-z0-9_-]+$' and length(public_key) between 40 and 2800),
	counter bigint not null check (counter between 0 and 4294967295),
	transports text not null check (transports ~ '^([a-z-]{1,20}(,[a-z-]{1,20}){0,9})?$'),
	name text not null check (length(name) between 1 and 60),
	at timestamptz not null default now(),
	used_at timestamptz
);
create index passkeys_of_a_person on app_private.passkeys (user_id);
comment on table app_private.passkeys is 'What a device signs with to show a second step (W3C Web Authentication): the half that anybody may know.';
comment on column app_private.passkeys.id is 'internal: by which its person names it';
comment on column app_private.passkeys.user_id is 'internal: whose it is';
comment on column app_private.passkeys.credential is 'internal: the device''s own id of it, base64url';
comment on column app_private.passkeys.public_key is 'internal: what signatures are checked with (COSE_Key, RFC 9052), base64url';
comment on column app_private.passkeys.counter is 'internal: how often it signed, by its own account; where it counts, it never goes back';
comment on column app_private.passkeys.transports is 'internal: how a browser reaches it, joined by commas';
comment on column app_private.passkeys.name is 'sensitive: what its person calls it';
comment on column app_private.passkeys.at is 'internal: when it was added';
comment on column app_private.passkeys.used_at is 'internal: when it last showed a step, null while it has not';

create table app_private.step_challenges (
	session_id uuid not null,
	purpose text not null check (purpose in ('add', 'show')),
	user_id uuid not null references auth.users (id) on delete cascade,
	challenge text not null check (challenge ~ '^[A-Za-z0-9_-]{43}$'),
	at timestamptz not null default now(),
	credential text,
	primary key (session_id, purpose)
);
comment on table app_private.step_challenges is 'What a passkey is to sign next, for one session and one purpose, within five minutes.';
comment on column app_private.step_challenges.session_id is 'internal: which session asked';
comment on column app_private.step_challenges.purpose is 'internal: to add a passkey, or to show a step by one';
comment on column app_private.step_challenges.user_id is 'internal: whose session';
comment on column app_private.step_challenges.challenge is 'internal: 256 random bits of the server, base64url';
comment on column app_private.step_challenges.at is 'internal: when';
comment on column app_private.step_challenges.credential is 'internal: which passkey''s signature is being checked: from then on no other one is; null before';

create table app_private.step_attempts (
	user_id uuid primary key references auth.users (id) on delete cascade,
	attempts integer not null default 0 check (attempts >= 0),
	locks integer not null default 0 check (locks >= 0),
	at timestamptz not null default now(),
	locked_until timestamptz not null default '-infinity'
);
comment on table app_private.step_attempts is 'Codes that were tried since the last right one.';
comment on column app_private.step_attempts.user_id is 'internal: whose';
comment on column app_private.step_attempts.attempts is 'internal: how many; counted before the code is looked at, those that a lock refused as well';
comment on column app_private.step_attempts.locks is 'internal: how often that led to a lock; each is twice as long as the one before';
comment on column app_private.step_attempts.at is 'internal: when the last one was; a day later they are forgotten';
comment on column app_private.step_attempts.locked_until is 'internal: until when no code is taken';

alter table public.two_factor enable row level security;
alter table public.session_elevations enable row level security;
create trigger refuse_truncate before truncate on public.two_factor execute function app.refuse_truncate();
create trigger refuse_truncate before truncate on public.session_elevations execute function app.refuse_truncate();
create policy "Only sessions that stand see who has a second step" on public.two_factor
	as restrictive using ((select app.session_ok()));
create policy "Only sessions that stand see elevations" on public.session_elevations
	as restrictive using ((select app.session_ok()));
create policy "Everybody sees whether they have a second step" on public.two_factor for select to authenticated
	using (user_id = (select auth.uid()));
create policy "Everybody sees which of their sessions showed it" on public.session_elevations for select to authenticated
	using (user_id = (select auth.uid()));
revoke all on public.two_factor, public.session_elevations from anon, authenticated;
grant select on public.two_factor, public.session_elevations to authenticated;
