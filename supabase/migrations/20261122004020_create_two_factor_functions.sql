-- How a session shows its second step. A refusal of a code is returned and not raised: raising would take back the count.
-- These, which begin with app.require_session, are all that a session may do before its second step.

create function app.hold_step(me uuid) returns void
	language sql set search_path = '' as $$
	select pg_advisory_xact_lock(hashtextextended('second step of ' || me, 0))
$$;
comment on function app.hold_step(uuid) is 'Puts the acts about one person''s second step in a row, until the transaction ends.';

-- Whole seconds that no code is taken for, 0 where one is.
create function app.step_wait(person uuid) returns integer
	language sql stable set search_path = '' as $$
	select coalesce((
		select ceil(extract(epoch from a.locked_until - now()))::integer from app_private.step_attempts a
		where a.user_id = person and a.locked_until > now()
	), 0)
$$;

create function app.elevate(person uuid, means text) returns json
	language plpgsql set search_path = '' as $$
declare
	made public.session_elevations;
begin
	insert into public.session_elevations as e (session_id, user_id, means)
		values ((auth.jwt() ->> 'session_id')::uuid, person, elevate.means)
	on conflict (session_id) do update set means = excluded.means, at = excluded.at, until = excluded.until
	returning * into made;
	delete from app_private.step_attempts a where a.user_id = person;
	return json_build_object('outcome', 'elevated', 'until', app.instant_text(made.until));
end
$$;

create function app.named_passkeys(person uuid) returns json
	language sql stable set search_path = '' as $$
	select coalesce(json_agg(json_build_object('id', p.id, 'name', p.name, 'at', app.instant_text(p.at),
		'used', app.instant_text(p.used_at)) order by p.at, p.id), '[]')
	from app_private.passkeys p where p.user_id = person
$$;

create function public.get_two_factor(kid bigint) returns json
	language plpgsql security definer set search_path = '' as $$
declare
	me uuid := app.require_session();
	ok boolean := app.session_ok();
begin
	return json_build_object(
		'available', exists (select from app_private.mac_keys k where k.kid = get_two_factor.kid),
		'since', (select app.instant_text(f.since) from public.two_factor f where f.user_id = me),
		'done', ok,
		'fresh', app.has_fresh_step(),
		'wait', app.step_wait(me),
		'app', exists (select from app_private.totp_secrets t where t.user_id = me and t.state = 'on'),
		'passkeys', (select count(*) from app_private.passkeys p where p.user_id = me),
		'named', case when ok then app.named_passkeys(me) end,
		'version', (select coalesce(max(t.version), 0) from app_private.totp_secrets t where t.user_id = me),
		'codes', case when ok then (select count(*) from app_private.recovery_codes c where c.user_id = me and c.used_at is null) end
	);
end
$$;
comment on function public.get_two_factor(bigint) is
	'Whether the caller has a second step, whether this session showed it, and in the last five minutes, how long none is taken. Raises PT401.';

-- Counts an attempt before anything is looked at; null where none is taken now.
create function app.count_step(me uuid) returns app_private.step_attempts
	language plpgsql set search_path = '' as $$
declare
	free constant integer := 5;
	kept app_private.step_attempts;
begin
	-- The row's lock lets one attempt through after another, however many come at once.
	insert into app_private.step_attempts as a (user_id, attempts) values (me, 1)
	on conflict (user_id) do update set at = now(),
		attempts = case when a.at > now() - interval '1 day' then a.attempts + 1 else 1 end,
		locks = case when a.at > now() - interval '1 day' then a.locks else 0 end
	returning * into kept;
	if kept.locked_until > now() then
		return null;
	end if;
	if kept.attempts >= free then
		update app_private.step_attempts a set locks = a.locks + 1,
				locked_until = now() + least(interval '1 minute' * 2 ^ least(a.locks, 6), interval '1 hour')
			where a.user_id = me returning * into kept;
		perform app.note_audit('account', me, 'two_factor.locked', me);
	end if;
	return kept;
end
$$;
comment on function app.count_step(uuid) is 'Counts an attempt at a second step; locked_until is later than now where none is taken after it. Null where none is taken.';

create function public.begin_step(state text, proof jsonb) returns json
	language plpgsql security definer set search_path = '' as $$
declare
	me uuid := app.require_session();
	kept app_private.step_attempts;
	secret app_private.totp_secrets;
begin
	perform app.hold_step(me);
	perform app.take_proof('begin', state, proof);
	select * into secret from app_private.totp_secrets t where t.user_id = me and t.state = begin_step.state
		and (t.state = 'on' or t.at > now() - interval '1 hour');
	if secret.user_id is null then
		return json_build_object('outcome', 'none');
	end if;
	kept := app.count_step(me);
	if kept.user_id is null then
		return json_build_object('outcome', 'locked', 'wait', app.step_wait(me));
	end if;
	return json_build_object('outcome', 'counted', 'version', secret.version, 'body', secret.body,
		'last', kept.locked_until > now());
end
$$;
comment on function public.begin_step(text, jsonb) is
	'Counts an attempt and gives the sealed secret (of the state on or waiting) and whether none is taken after this one, or how long none is. Raises PT401, PT403 without the server''s proof.';

create function app.use_step(me uuid, step bigint) returns boolean
	language plpgsql set search_path = '' as $$
begin
	update app_private.totp_secrets t set last_step = step where t.user_id = me and t.state = 'on' and t.last_step < step;
	return found;
end
$$;
comment on function app.use_step(uuid, bigint) is 'Marks a time step as used; false where it or a later one was.';

create function app.use_recovery_code(me uuid, hash text) returns boolean
	language plpgsql set search_path = '' as $$
begin
	update app_private.recovery_codes c set used_at = now()
		where c.user_id = me and c.hash = use_recovery_code.hash and c.used_at is null;
	return found;
end
$$;
comment on function app.use_recovery_code(uuid, text) is 'Marks a recovery code as used; false where there is none such, or it was.';

create function public.elevate_session(step bigint, proof jsonb) returns json
	language plpgsql security definer set search_path = '' as $$
declare
	me uuid := app.require_session();
begin
	perform app.hold_step(me);
	perform app.take_proof('elevate', step::text, proof);
	if not app.use_step(me, step) then
		return json_build_object('outcome', 'used');
	end if;
	perform app.note_audit('account', me, 'two_factor.verified', me);
	return app.elevate(me, 'code');
end
$$;
comment on function public.elevate_session(bigint, jsonb) is
	'Elevates the session for 12 hours by the time step (RFC 6238) of a code that the server checked. Raises PT401, PT403 without its proof.';

create function public.elevate_by_recovery(hash text, proof jsonb) returns json
	language plpgsql security definer set search_path = '' as $$
declare
	me uuid := app.require_session();
begin
	perform app.hold_step(me);
	perform app.take_proof('recover', hash, proof);
	if not app.use_recovery_code(me, hash) then
		return json_build_object('outcome', 'wrong');
	end if;
	perform app.note_audit('account', me, 'two_factor.recovery_used', me);
	return app.elevate(me, 'recovery');
end
$$;
comment on function public.elevate_by_recovery(text, jsonb) is
	'Elevates the session for 12 hours by a recovery code, which is used up. Raises PT401, PT403 without the server''s proof.';

revoke execute on function app.hold_step(uuid), app.step_wait(uuid), app.named_passkeys(uuid), app.count_step(uuid), app.elevate(uuid, text), app.use_step(uuid, bigint),
	app.use_recovery_code(uuid, text), public.get_two_factor(bigint), public.begin_step(text, jsonb),
	public.elevate_session(bigint, jsonb), public.elevate_by_recovery(text, jsonb) from public, anon, authenticated;
grant execute on function public.get_two_factor(bigint), public.begin_step(text, jsonb),
	public.elevate_session(bigint, jsonb), public.elevate_by_recovery(text, jsonb) to authenticated;
