-- What user encryption keeps of a person: public identities, wrapped keys, the sealed bundle. All of it append-only: a
-- row that another took the place of stays aside for a while, so that a thief with a session cannot destroy it.

-- Bytes travel and are stored as base64url without padding, in the one spelling that each byte string has.
create function app.to_bytes(text text) returns bytea
	language sql immutable parallel safe
	return decode(translate(text, '-_', '+/') || repeat('=', -length(text) & 3), 'base64');
create function app.to_text(bytes bytea) returns text
	language sql immutable parallel safe
	return translate(encode(bytes, 'base64'), E'+/=\n', '-_');
create function app.is_bytes(text text, size integer) returns boolean
	language sql immutable parallel safe
	return text ~ '^[A-Za-z0-9_-]+$' and length(text) = (size * 4 + 2) / 3 and app.to_text(app.to_bytes(text)) = text;
comment on function app.to_bytes(text) is 'The bytes of base64url without padding.';
comment on function app.to_text(bytea) is 'Bytes as base64url without padding.';
comment on function app.is_bytes(text, integer) is 'Whether a text is the base64url of so many bytes, in its one spelling.';

insert into app_private.limits (name, value) values
	('keys_per_day', 50), ('bundles_per_day', 500), ('rosters_per_day', 500);

create table public.identities (
	user_id uuid not null references auth.users (id) on delete restrict,
	number integer not null check (number >= 1),
	kem text not null check (app.is_bytes(kem, 1216)),
	sign text not null check (app.is_bytes(sign, 32)),
	succession text check (app.is_bytes(succession, 1416)),
	at timestamptz not null default now(),
	primary key (user_id, number)
);
comment on table public.identities is 'Every public identity that a person had. Never changed, never deleted.';
comment on column public.identities.user_id is 'internal: whose it is';
comment on column public.identities.number is 'internal: place among the identities of the person, from 1';
comment on column public.identities.kem is 'internal: public key of X-Wing';
comment on column public.identities.sign is 'internal: public key of Ed25519';
comment on column public.identities.succession is 'internal: statement of the identity before that this one follows; null at first and after a reset';
comment on column public.identities.at is 'internal: since when';

create table public.user_keys (
	user_id uuid not null references auth.users (id) on delete restrict,
	version integer not null check (version >= 1),
	identity integer not null,
	salt text not null check (app.is_bytes(salt, 16)),
	params integer[] not null check (
		cardinality(params) = 3 and array_ndims(params) = 1 and params[1] between 65536 and 1048576
		and params[2] between 3 and 16 and params[3] between 1 and 16
	),
	token text not null check (app.is_bytes(token, 32)),
	account_key text not null check (app.is_bytes(account_key, 60)),
	recovery_salt text check (app.is_bytes(recovery_salt, 16)),
	recovery_token text check (app.is_bytes(recovery_token, 32)),
	recovery_account_key text check (app.is_bytes(recovery_account_key, 60)),
	by_reset boolean not null default false,
	at timestamptz not null default now(),
	kept_until timestamptz,
	primary key (user_id, version),
	foreign key (user_id, identity) references public.identities (user_id, number),
	check (num_nulls(recovery_salt, recovery_token, recovery_account_key) in (0, 3))
);
create index user_keys_by_age on public.user_keys (kept_until) where kept_until is not null;
comment on table public.user_keys is 'The wrapped account key of a person. Append-only; the ones before are kept aside.';
comment on column public.user_keys.user_id is 'internal: whose it is';
comment on column public.user_keys.version is 'internal: from 1, the highest is the current one';
comment on column public.user_keys.identity is 'internal: number of the identity that goes with it';
comment on column public.user_keys.salt is 'highly sensitive: salt of the encryption password';
comment on column public.user_keys.params is 'internal: memory in KiB, passes and lanes of Argon2id';
comment on column public.user_keys.token is 'highly sensitive: commitment to the root key; with the salt a password can be tried against it';
comment on column public.user_keys.account_key is 'highly sensitive: the account key, wrapped by the encryption password';
comment on column public.user_keys.recovery_salt is 'highly sensitive: salt of the recovery code, null without one';
comment on column public.user_keys.recovery_token is 'highly sensitive: commitment of the recovery code';
comment on column public.user_keys.recovery_account_key is 'highly sensitive: the account key, wrapped by the recovery code';
comment on column public.user_keys.by_reset is 'internal: whether it was put without the old password, by a reset';
comment on column public.user_keys.at is 'internal: since when';
comment on column public.user_keys.kept_until is 'internal: null for the current one; until when an earlier one is kept aside';

create table public.bundles (
	user_id uuid not null references auth.users (id) on delete restrict,
	version integer not null check (version >= 1),
	keys_version integer not null check (keys_version >= 1),
	body text not null check (body ~ '^AV[M-P][A-Za-z0-9_-]+$' and octet_length(body) between 46 and 262144),
	at timestamptz not null default now(),
	kept_until timestamptz,
	primary key (user_id, version)
);
create index bundles_by_age on public.bundles (kept_until) where kept_until is not null;
comment on table public.bundles is 'The sealed bundle of a person: private identity, pins, accepted rosters. Append-only.';
comment on column public.bundles.user_id is 'internal: whose it is';
comment on column public.bundles.version is 'internal: from 1, the highest is the current one';
comment on column public.bundles.keys_version is 'internal: version of the keys under which it was put';
comment on column public.bundles.body is 'highly sensitive: the bundle, sealed by the browser and over it by the system layer';
comment on column public.bundles.at is 'internal: since when';
comment on column public.bundles.kept_until is 'internal: null for the current one; until when an earlier one is kept aside';

create table public.key_resets (
	user_id uuid primary key references auth.users (id) on delete cascade,
	asked_at timestamptz not null default now(),
	due_at timestamptz not null default now() + interval '24 hours',
	session_id uuid
);
comment on table public.key_resets is 'Who asked to replace their keys without the encryption password, and from when on they may.';
comment on column public.key_resets.user_id is 'internal: who';
comment on column public.key_resets.asked_at is 'internal: when they asked';
comment on column public.key_resets.due_at is 'internal: from when on it may be finished, for seven days';
comment on column public.key_resets.session_id is 'internal: in which session';

-- Whoever asks, the owner of the tables too: a row is put aside once, and only one that was put aside is ever deleted.
create function app.keep_keys() returns trigger
	language plpgsql set search_path = '' as $$
begin
	if tg_op = 'DELETE' and old.kept_until is not null then
		return old;
	end if;
	if tg_op = 'UPDATE' and old.kept_until is null and new.kept_until is not null
		and to_jsonb(new) - 'kept_until' = to_jsonb(old) - 'kept_until' then
		return new;
	end if;
	raise sqlstate '55000' using message = 'Keys are added, never changed.';
end
$$;
create function app.keep_as_it_is() returns trigger
	language plpgsql set search_path = '' as $$
begin
	raise sqlstate '55000' using message = 'This is added to, never changed.';
end
$$;
create trigger keep before update or delete on public.user_keys for each row execute function app.keep_keys();
create trigger keep before update or delete on public.bundles for each row execute function app.keep_keys();
create trigger keep before update or delete on public.identities for each row execute function app.keep_as_it_is();

revoke execute on function app.to_bytes(text), app.to_text(bytea), app.is_bytes(text, integer), app.keep_keys(),
	app.keep_as_it_is() from public, anon, authenticated;
