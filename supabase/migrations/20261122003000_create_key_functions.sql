-- Keys and bundles of a person: compare and set, one person's acts one after another.
create function app.keys_json(k public.user_keys) returns json
	language sql stable set search_path = '' as $$
	select json_build_object('version', k.version,
		'slots', json_build_object(
			'password', json_build_object('salt', k.salt, 'params', to_json(k.params), 'token', k.token,
				'account_key', k.account_key),
			'recovery', case when k.recovery_salt is not null then json_build_object('salt', k.recovery_salt,
				'token', k.recovery_token, 'account_key', k.recovery_account_key) end),
		'identity', (select json_build_object('kem', i.kem, 'sign', i.sign) from public.identities i
			where i.user_id = k.user_id and i.number = k.identity),
		'at', app.instant_text(k.at),
		'reset', (select json_build_object('asked', app.instant_text(r.asked_at), 'due', app.instant_text(r.due_at))
			from public.key_resets r where r.user_id = k.user_id and r.due_at > now() - interval '7 days'))
$$;

create function app.current_keys(person uuid) returns public.user_keys
	language sql stable set search_path = '' as $$
	select * from public.user_keys k where k.user_id = person order by k.version desc limit 1
$$;
create function app.current_bundle(person uuid) returns public.bundles
	language sql stable set search_path = '' as $$
	select * from public.bundles b where b.user_id = person order by b.version desc limit 1
$$;

create function app.bundle_json(b public.bundles) returns json
	language sql stable
	return json_build_object('version', b.version, 'body', b.body);

create function app.hold_person(me uuid) returns void
	language sql set search_path = '' as $$
	select pg_advisory_xact_lock(hashtextextended('keys of ' || me, 0))
$$;
comment on function app.hold_person(uuid) is 'Puts the acts about one person''s keys in a row, until the transaction ends.';

-- Puts the next bundle; false where it is not the next one.
create function app.add_bundle(me uuid, version integer, body text, keys_version integer, keep interval) returns boolean
	language plpgsql set search_path = '' as $$
declare
	now_there public.bundles := app.current_bundle(me);
begin
	if version is distinct from coalesce(now_there.version, 0) + 1 then
		return false;
	end if;
	if (select count(*) from public.bundles b where b.user_id = me and b.at > now() - interval '1 day')
		>= app.limit_of('bundles_per_day') then
		raise sqlstate 'PT429' using message = 'Too many bundles in one day.';
	end if;
	update public.bundles b set kept_until = now() + keep where b.user_id = me and b.version = now_there.version;
	insert into public.bundles (user_id, version, keys_version, body)
		values (me, add_bundle.version, add_bundle.keys_version, add_bundle.body);
	return true;
end
$$;

-- What harms for good asks for more than a session: with two-step verification a code of the last minutes, without it a
-- sign-in of the last minutes; auth.sessions tells when the session began.
create function app.has_fresh_step() returns boolean
	language plpgsql stable security definer set search_path = '' as $$
begin
	return exists (
		select from public.session_elevations e
		where e.session_id = (auth.jwt() ->> 'session_id')::uuid and e.user_id = auth.uid()
			and e.at > now() - interval '5 minutes'
	);
end
$$;
create function app.require_fresh_step() returns void
	language plpgsql stable security definer set search_path = '' as $$
begin
	if exists (select from public.two_factor f where f.user_id = auth.uid()) and not app.has_fresh_step() then
		perform app.refuse_step('fresh-step', 'Show the second step again first.');
	end if;
end
$$;
comment on function app.require_fresh_step() is
	'Raises fresh-step where two-step verification is on and this session showed no code in the last five minutes.';

create function app.require_fresh_sign_in() returns void
	language plpgsql stable security definer set search_path = '' as $$
begin
	perform app.require_fresh_step();
	if not app.has_fresh_step() and not exists (
		select from auth.sessions s
		where s.id = (auth.jwt() ->> 'session_id')::uuid and s.created_at > now() - interval '5 minutes'
	) then
		raise sqlstate 'PT428' using message = 'Sign in again first.';
	end if;
end
$$;
comment on function app.require_fresh_sign_in() is
	'Raises fresh-step as require_fresh_step; without two-step verification PT428 where the session began more than five minutes ago.';

create function public.get_keys(version integer default null) returns json
	language plpgsql security definer set search_path = '' as $$
declare
	me uuid := app.require();
	found json;
begin
	perform app.sweep();
	select app.keys_json(k) into found from public.user_keys k
		where k.user_id = me and (get_keys.version is null or k.version = get_keys.version)
		order by k.version desc limit 1;
	-- That user encryption is off is an answer; a version that is asked for and is not there is a mistake.
	if found is null and get_keys.version is not null then
		raise sqlstate 'PT404' using message = 'There are no such keys.';
	end if;
	return found;
end
$$;
comment on function public.get_keys(integer) is
	'The caller''s keys, the current ones (null where user encryption is off) or an earlier version. Raises PT401, PT404.';

create function public.get_bundle(version integer default null, keys integer default null) returns json
	language plpgsql security definer set search_path = '' as $$
declare
	me uuid := app.require();
	found json;
begin
	select app.bundle_json(b) into found from public.bundles b
		where b.user_id = me and (get_bundle.version is null or b.version = get_bundle.version)
			and (keys is null or b.keys_version = keys)
		order by b.version desc limit 1;
	if found is null then
		raise sqlstate 'PT404' using message = 'There is no such bundle.';
	end if;
	return found;
end
$$;
comment on function public.get_bundle(integer, integer) is
	'The caller''s newest bundle, of one version or of one version of the keys if named. Raises PT401, PT404.';

create function public.put_bundle(version integer, body text) returns json
	language plpgsql security definer set search_path = '' as $$
declare
	me uuid := app.require();
	keys public.user_keys;
	added boolean;
begin
	perform app.hold_person(me);
	keys := app.current_keys(me);
	if keys.version is null then
		raise sqlstate 'PT404' using message = 'There are no keys.';
	end if;
	added := app.add_bundle(me, put_bundle.version, put_bundle.body, keys.version, interval '90 days');
	return json_build_object('conflict', not added, 'bundle', app.bundle_json(app.current_bundle(me)));
end
$$;
comment on function public.put_bundle(integer, text) is
	'Puts the next version of the caller''s bundle, or tells the current one. Raises PT401, PT404, PT429, 23514.';

-- The bundle that was put in one request with keys that are still there: only a fresh sign-in could put it, so that it is
-- what the owner goes back to when a session put bundles over it that nobody can open.
create function app.is_base_bundle(bundle public.bundles) returns boolean
	language sql stable set search_path = '' as $$
	select exists (
		select from public.user_keys k where k.user_id = bundle.user_id and k.version = bundle.keys_version
	) and not exists (
		select from public.bundles b
		where b.user_id = bundle.user_id and b.keys_version = bundle.keys_version and b.version < bundle.version
	)
$$;
comment on function app.is_base_bundle(public.bundles) is 'Whether a bundle came with keys that are still there.';

create function public.erase_kept_keys() returns void
	language plpgsql security definer set search_path = '' as $$
declare
	me uuid := app.require();
	erased boolean;
begin
	perform app.hold_person(me);
	perform app.require_fresh_sign_in();
	-- What was set aside less than a day ago stays: whoever replaced it may be a thief, and the letter has to be read first.
	delete from public.user_keys k where k.user_id = me and k.kept_until is not null and exists (
		select from public.user_keys n where n.user_id = me and n.version > k.version and n.at <= now() - interval '24 hours'
	);
	erased := found;
	delete from public.bundles b where b.user_id = me and b.kept_until is not null and not app.is_base_bundle(b) and exists (
		select from public.bundles n where n.user_id = me and n.version > b.version and n.at <= now() - interval '24 hours'
	);
	if erased or found then
		perform app.note_audit('account', me, 'keys.kept_erased', me);
	end if;
end
$$;
comment on function public.erase_kept_keys() is 'Erases the keys and bundles that were set aside more than a day ago. Raises PT401, PT428 without a fresh sign-in, fresh-step.';

revoke execute on function app.keys_json(public.user_keys), app.current_keys(uuid), app.current_bundle(uuid),
	app.bundle_json(public.bundles), app.is_base_bundle(public.bundles), app.hold_person(uuid), app.has_fresh_step(), app.require_fresh_step(), app.require_fresh_sign_in(),
	app.add_bundle(uuid, integer, text, integer, interval), public.get_keys(integer), public.get_bundle(integer, integer),
	public.put_bundle(integer, text), public.erase_kept_keys() from public, anon, authenticated;
grant execute on function public.get_keys(integer), public.get_bundle(integer, integer),
	public.put_bundle(integer, text), public.erase_kept_keys() to authenticated;
