-- The PIN of a device: half of what opens the account key there is a share that is given out for the right PIN, and after
-- five wrong ones never again.
create table app_private.pin_shares (
	session_id uuid primary key,
	user_id uuid not null references auth.users (id) on delete cascade,
	id uuid not null unique,
	hash text not null check (hash ~ '^[0-9a-f]{64}$'),
	body text not null check (app.is_sealed(body)),
	tries integer not null default 0 check (tries between 0 and 5),
	at timestamptz not null default now()
);
create index pin_shares_by_user on app_private.pin_shares (user_id);
comment on table app_private.pin_shares is 'What a session''s device opens the account key with, together with its PIN.';
comment on column app_private.pin_shares.session_id is 'internal: the session that put it, and alone is given it';
comment on column app_private.pin_shares.user_id is 'internal: whose session';
comment on column app_private.pin_shares.id is 'internal: it is sealed in this place';
comment on column app_private.pin_shares.hash is 'highly sensitive: SHA-256 of the verifier that the device makes of the PIN and a salt of its own, in hex';
comment on column app_private.pin_shares.body is 'highly sensitive: the share, sealed by the system layer';
comment on column app_private.pin_shares.tries is 'internal: PINs that were tried since the last right one, counted before they are looked at';
comment on column app_private.pin_shares.at is 'internal: since when';

create function public.put_pin(id uuid, hash text, body text) returns void
	language plpgsql security definer set search_path = '' as $$
declare
	me uuid := app.require();
begin
	-- Behind a replacement of the keys, which drops the shares of those before.
	perform app.hold_person(me);
	if (app.current_keys(me)).version is null then
		raise sqlstate 'PT404' using message = 'There are no keys.';
	end if;
	insert into app_private.pin_shares as s (session_id, user_id, id, hash, body)
		values ((auth.jwt() ->> 'session_id')::uuid, me, put_pin.id, put_pin.hash, put_pin.body)
	on conflict (session_id) do update
		set id = excluded.id, hash = excluded.hash, body = excluded.body, tries = 0, at = excluded.at;
	perform app.note_audit('account', me, 'keys.pin_set', (auth.jwt() ->> 'session_id')::uuid);
end
$$;
comment on function public.put_pin(uuid, text, text) is
	'Keeps a sealed share and the hash of a verifier for this session, in the place of those before. Raises PT401, PT404 without keys, 23514.';

-- A wrong PIN is returned and not raised: raising would take back the count.
create function public.try_pin(hash text) returns json
	language plpgsql security definer set search_path = '' as $$
declare
	me uuid := app.require();
	session uuid := (auth.jwt() ->> 'session_id')::uuid;
	most constant integer := 5;
	kept app_private.pin_shares;
begin
	-- The row's lock lets one try through after another, however many come at once.
	update app_private.pin_shares s set tries = s.tries + 1 where s.session_id = session and s.user_id = me
		returning * into kept;
	if kept.session_id is null then
		return json_build_object('outcome', 'none');
	end if;
	-- Digests are compared, so that how far two texts agree tells nothing.
	if sha256(convert_to(kept.hash, 'UTF8')) = sha256(convert_to(coalesce(try_pin.hash, ''), 'UTF8')) then
		update app_private.pin_shares s set tries = 0 where s.session_id = session;
		return json_build_object('outcome', 'right', 'id', kept.id, 'body', kept.body);
	end if;
	if kept.tries >= most then
		perform app.note_sign_in(session);
		perform app.end_session(session, me, 'revoked');
		perform app.note_audit('account', me, 'keys.pin_destroyed', session);
		perform app.note_audit('account', me, 'session.revoke', session);
	end if;
	return json_build_object('outcome', 'wrong', 'left', most - kept.tries);
end
$$;
comment on function public.try_pin(text) is
	'Counts a try, then gives the sealed share of this session for the hash of the right verifier, or how many tries are left; the fifth wrong one destroys the share and revokes the session. Raises PT401.';

create function public.remove_pin() returns void
	language plpgsql security definer set search_path = '' as $$
declare
	me uuid := app.require();
	session uuid := (auth.jwt() ->> 'session_id')::uuid;
begin
	delete from app_private.pin_shares s where s.session_id = session and s.user_id = me;
	if found then
		perform app.note_audit('account', me, 'keys.pin_removed', session);
	end if;
end
$$;
comment on function public.remove_pin() is 'Destroys the share of this session. Raises PT401.';

create function app.remove_due_pins() returns void
	language plpgsql security definer set search_path = '' as $$
begin
	delete from app_private.pin_shares p where not exists (select from auth.sessions s where s.id = p.session_id);
end
$$;
comment on function app.remove_due_pins() is 'Destroys the shares whose session is gone.';

revoke execute on function app.remove_due_pins(), public.put_pin(uuid, text, text), public.try_pin(text), public.remove_pin()
	from public, anon, authenticated;
grant execute on function public.put_pin(uuid, text, text), public.try_pin(text), public.remove_pin() to authenticated;
