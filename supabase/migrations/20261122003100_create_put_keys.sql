-- Turning user encryption on, and every later replacement of the keys, in one transaction with the bundle and the rosters.

-- Which identity new keys go with: the one there is, or another that the one before leads to by its statement (whose
-- signatures are checked where there is Ed25519: at the server's route and by everybody who relies on it). Without a
-- statement only a reset that is due leads to another one.
create function app.settle_identity(me uuid, was public.user_keys, kem text, sign text, succession text, by_reset boolean)
	returns integer language plpgsql set search_path = '' as $$
declare
	before public.identities;
begin
	select * into before from public.identities i where i.user_id = me and i.number = was.identity;
	if before.kem = settle_identity.kem and before.sign = settle_identity.sign then
		perform app.hold_roster(settle_identity.succession is null, 'The identity is the same.');
		return before.number;
	end if;
	if settle_identity.succession is not null then
		perform app.hold_roster(before.number is not null
			and substr(app.to_bytes(settle_identity.succession), 1, 32) = app.identity_hash(before.kem, before.sign)
			and substr(app.to_bytes(settle_identity.succession), 33, 1248)
				= app.to_bytes(settle_identity.kem) || app.to_bytes(settle_identity.sign),
			'The statement is not from the identity before to this one.');
	elsif before.number is not null and not by_reset then
		raise sqlstate 'PT425' using message = 'Without a statement of the identity before, keys are replaced by a reset.';
	end if;
	insert into public.identities (user_id, number, kem, sign, succession)
		values (me, coalesce(before.number, 0) + 1, settle_identity.kem, settle_identity.sign, settle_identity.succession);
	return coalesce(before.number, 0) + 1;
end
$$;

-- What happened to keys, for the person's audit trail.
create function app.note_keys(me uuid, was public.user_keys, becomes public.user_keys) returns void
	language plpgsql set search_path = '' as $$
begin
	perform app.note_audit('account', me, case when was.version is null then 'keys.created'
		when becomes.by_reset then 'keys.reset_done'
		when was.identity <> becomes.identity then 'keys.changed' else 'keys.slots_changed' end, me);
	if was.recovery_token is distinct from becomes.recovery_token then
		perform app.note_audit('account', me, case when was.recovery_token is null then 'keys.recovery_made'
			when becomes.recovery_token is null then 'keys.recovery_revoked' else 'keys.recovery_renewed' end, me);
	end if;
end
$$;

-- Whether the newest roster of an entity that a person owns names them as owner by another identity than they have now:
-- with that one alone they would sign nothing there any more, and be granted nothing.
create function app.is_left_behind(me uuid) returns boolean
	language sql stable set search_path = '' as $$
	select exists (
		select from public.memberships o cross join lateral app.newest_roster(o.entity_id) r
		cross join lateral app.members_of(convert_from(app.to_bytes(r.bytes), 'UTF8')::jsonb) m
		where o.user_id = me and o.role = 'owner' and r.epoch is not null
			and m.id = me and m.role = 'owner' and not app.is_identity_now(me, m.identity)
	)
$$;

create function public.put_keys(
	version integer, slots jsonb, identity jsonb, bundle jsonb, rosters jsonb, succession text default null
) returns json
	language plpgsql security definer set search_path = '' as $$
declare
	me uuid := app.require();
	was public.user_keys;
	added public.user_keys;
	number integer;
	due boolean;
	post jsonb;
begin
	perform app.hold_person(me);
	was := app.current_keys(me);
	if put_keys.version is distinct from coalesce(was.version, 0) + 1 then
		return json_build_object('conflict', 'keys', 'keys', case when was.version is not null then app.keys_json(was) end);
	end if;
	-- The first keys too: a thief with a session would seal all health under a password of his own.
	perform app.require_fresh_sign_in();
	if (select count(*) from public.user_keys k where k.user_id = me and k.at > now() - interval '1 day')
		>= app.limit_of('keys_per_day') then
		raise sqlstate 'PT429' using message = 'Too many keys in one day.';
	end if;
	due := exists (
		select from public.key_resets r
		where r.user_id = me and r.due_at <= now() and r.due_at > now() - interval '7 days'
	);
	number := app.settle_identity(me, was, identity ->> 'kem', identity ->> 'sign', succession, due);
	due := was.version is not null and number <> was.identity and succession is null;
	if was.version is not null then
		update public.user_keys k set kept_until = now() + case when due then interval '365 days' else interval '90 days' end
			where k.user_id = me and k.version = was.version;
	end if;
	insert into public.user_keys (user_id, version, identity, salt, params, token, account_key, recovery_salt,
		recovery_token, recovery_account_key, by_reset)
	values (me, put_keys.version, number, slots #>> '{password,salt}',
		array(select p::integer from jsonb_array_elements_text(slots #> '{password,params}') p),
		slots #>> '{password,token}', slots #>> '{password,account_key}', slots #>> '{recovery,salt}',
		slots #>> '{recovery,token}', slots #>> '{recovery,account_key}', due)
	returning * into added;
	if not app.add_bundle(me, (bundle ->> 'version')::integer, bundle ->> 'body', put_keys.version,
		case when due then interval '365 days' else interval '90 days' end) then
		raise sqlstate 'U0001';
	end if;
	-- In one order, so that two people who post for the same entities do not wait for each other.
	for post in select p.value from jsonb_array_elements(rosters) p order by p.value ->> 'entity' loop
		perform app.require('entity.view', (post ->> 'entity')::uuid);
		perform app.add_roster(me, (post ->> 'entity')::uuid, post);
	end loop;
	if was.version is not null and number <> was.identity and not due and app.is_left_behind(me) then
		raise sqlstate 'PT409' using message = 'An entity of yours still has the identity before.';
	end if;
	if number is distinct from was.identity then
		delete from public.key_resets r where r.user_id = me;
		-- What PINs open on devices is the account key of before.
		delete from app_private.pin_shares p where p.user_id = me;
	end if;
	perform app.note_keys(me, was, added);
	return json_build_object('keys', app.keys_json(added));
exception
	-- Nothing of it stays.
	when sqlstate 'U0001' then
		return json_build_object('conflict', 'bundle', 'bundle', app.bundle_json(app.current_bundle(me)));
end
$$;
comment on function public.put_keys(integer, jsonb, jsonb, jsonb, jsonb, text) is
	'Puts the next version of the caller''s keys with bundle and rosters, or tells what was first. Raises PT400, PT401, PT403, PT409 for a roster or where one is missing, PT423, PT425 where no reset is due, PT428 without a fresh sign-in, fresh-step, PT429, 23514.';

create function public.ask_reset() returns json
	language plpgsql security definer set search_path = '' as $$
declare
	me uuid := app.require();
	kept public.key_resets;
	is_new boolean;
begin
	perform app.require_fresh_step();
	perform app.hold_person(me);
	if (app.current_keys(me)).version is null then
		raise sqlstate 'PT404' using message = 'There are no keys.';
	end if;
	delete from public.key_resets r where r.user_id = me and r.due_at <= now() - interval '7 days';
	insert into public.key_resets (user_id, session_id) values (me, (auth.jwt() ->> 'session_id')::uuid)
		on conflict do nothing;
	is_new := found;
	if is_new then
		perform app.note_audit('account', me, 'keys.reset_asked', me);
	end if;
	select * into kept from public.key_resets r where r.user_id = me;
	return json_build_object('asked', app.instant_text(kept.asked_at), 'due', app.instant_text(kept.due_at), 'is_new', is_new);
end
$$;
comment on function public.ask_reset() is
	'Asks for a reset in 24 hours, or tells of the one that was asked for. Raises PT401, fresh-step, PT404 without keys.';

create function public.cancel_reset() returns void
	language plpgsql security definer set search_path = '' as $$
declare
	me uuid := app.require();
begin
	perform app.hold_person(me);
	delete from public.key_resets r where r.user_id = me;
	if found then
		perform app.note_audit('account', me, 'keys.reset_cancelled', me);
	end if;
end
$$;
comment on function public.cancel_reset() is 'Cancels the caller''s reset, from any of their sessions. Raises PT401.';

revoke execute on function app.note_keys(uuid, public.user_keys, public.user_keys),
	app.is_left_behind(uuid),
	app.settle_identity(uuid, public.user_keys, text, text, text, boolean),
	public.put_keys(integer, jsonb, jsonb, jsonb, jsonb, text), public.ask_reset(), public.cancel_reset()
	from public, anon, authenticated;
grant execute on function public.put_keys(integer, jsonb, jsonb, jsonb, jsonb, text), public.ask_reset(),
	public.cancel_reset() to authenticated;
