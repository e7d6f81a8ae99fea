-- Turning two-step verification on and off, and new recovery codes. Each is proven by the server for itself.

-- Ten of them, as one text joined by commas.
create function app.put_recovery_codes(me uuid, hashes text) returns void
	language plpgsql set search_path = '' as $$
begin
	if cardinality(string_to_array(hashes, ',')) is distinct from 10 then
		raise sqlstate 'PT400' using message = 'There are ten recovery codes.';
	end if;
	delete from app_private.recovery_codes c where c.user_id = me;
	insert into app_private.recovery_codes (user_id, hash) select me, h from unnest(string_to_array(hashes, ',')) as h;
end
$$;

create function app.forget_second_step(me uuid) returns void
	language plpgsql set search_path = '' as $$
begin
	delete from app_private.totp_secrets t where t.user_id = me;
	delete from app_private.passkeys p where p.user_id = me;
	delete from app_private.step_challenges c where c.user_id = me;
	delete from app_private.recovery_codes c where c.user_id = me;
	delete from app_private.step_attempts a where a.user_id = me;
	delete from public.session_elevations e where e.user_id = me;
	delete from public.two_factor f where f.user_id = me;
end
$$;
comment on function app.forget_second_step(uuid) is 'Removes all that a person has of two-step verification.';

-- The first one turns two-step verification on: every other session has its second step to show.
create function app.note_step_added(me uuid, means text, action text, hashes text) returns json
	language plpgsql set search_path = '' as $$
declare
	is_first boolean;
begin
	insert into public.two_factor (user_id) values (me) on conflict do nothing;
	is_first := found;
	if is_first then
		perform app.put_recovery_codes(me, hashes);
	end if;
	perform app.note_audit('account', me, case when is_first then 'two_factor.turned_on' else action end, me);
	return app.elevate(me, means)::jsonb || jsonb_build_object('first', is_first);
end
$$;
comment on function app.note_step_added(uuid, text, text, text) is
	'Elevates the session by a step that was added just now; the first one turns two-step verification on and has ten recovery codes. Raises PT400.';

create function public.enroll_two_factor(version bigint, body text, proof jsonb) returns void
	language plpgsql security definer set search_path = '' as $$
declare
	me uuid := app.require();
begin
	perform app.hold_step(me);
	perform app.require_fresh_sign_in();
	perform app.take_proof('enroll', concat_ws('|', version, body), proof);
	if exists (select from app_private.totp_secrets t where t.user_id = me and t.state = 'on') then
		raise sqlstate 'PT409' using message = 'An app makes codes already.';
	end if;
	insert into app_private.totp_secrets as t (user_id, state, version, body)
		values (me, 'waiting', enroll_two_factor.version, enroll_two_factor.body)
	on conflict (user_id, state) do update set version = excluded.version, body = excluded.body, at = excluded.at;
end
$$;
comment on function public.enroll_two_factor(bigint, text, jsonb) is
	'Keeps a sealed secret until its first code confirms it. Raises PT401, PT403 without the server''s proof, PT409 where it is on, PT428 without a fresh sign-in.';

create function public.confirm_two_factor(version bigint, step bigint, hashes text, proof jsonb) returns json
	language plpgsql security definer set search_path = '' as $$
declare
	me uuid := app.require();
begin
	perform app.hold_step(me);
	perform app.take_proof('confirm', concat_ws('|', version, step, hashes), proof);
	if exists (select from app_private.totp_secrets t where t.user_id = me and t.state = 'on') then
		raise sqlstate 'PT409' using message = 'An app makes codes already.';
	end if;
	update app_private.totp_secrets t set state = 'on', last_step = step, at = now()
		where t.user_id = me and t.state = 'waiting' and t.version = confirm_two_factor.version;
	if not found then
		raise sqlstate 'PT404' using message = 'Nothing waits to be confirmed.';
	end if;
	return app.note_step_added(me, 'code', 'two_factor.app_added', hashes);
end
$$;
comment on function public.confirm_two_factor(bigint, bigint, text, jsonb) is
	'Adds the app that waits; where it is the first step, turns two-step verification on with the hashes of ten recovery codes, and every other session has its second step to show. Raises PT400, PT401, PT403 without the server''s proof, PT404 where nothing waits, PT409.';

create function public.disable_two_factor(step bigint, hash text, proof jsonb) returns json
	language plpgsql security definer set search_path = '' as $$
declare
	me uuid := app.require();
	shown boolean;
begin
	perform app.hold_step(me);
	perform app.take_proof('disable', coalesce(step::text, hash), proof);
	shown := case when step is not null then app.use_step(me, step) else app.use_recovery_code(me, hash) end;
	if not shown then
		return json_build_object('outcome', case when step is not null then 'used' else 'wrong' end);
	end if;
	perform app.forget_second_step(me);
	perform app.note_audit('account', me, 'two_factor.turned_off', me);
	return json_build_object('outcome', 'off');
end
$$;
comment on function public.disable_two_factor(bigint, text, jsonb) is
	'Turns two-step verification off by the time step of a code, or by the hash of a recovery code. Raises PT401, PT403 without the server''s proof.';

-- For the operator alone, of somebody who lost both the app and the recovery codes and proved in another way who they are.
create function app_private.turn_off_two_factor(address text) returns boolean
	language plpgsql set search_path = '' as $$
declare
	person uuid := (select u.id from auth.users u where u.email = lower(address));
begin
	if not exists (select from public.two_factor f where f.user_id = person) then
		return false;
	end if;
	perform app.forget_second_step(person);
	perform app.note_audit('account', person, 'two_factor.turned_off', person);
	return true;
end
$$;

create function public.renew_recovery_codes(hashes text, proof jsonb) returns void
	language plpgsql security definer set search_path = '' as $$
declare
	me uuid := app.require();
begin
	perform app.hold_step(me);
	perform app.require_fresh_step();
	perform app.take_proof('renew', hashes, proof);
	if not exists (select from public.two_factor f where f.user_id = me) then
		raise sqlstate 'PT404' using message = 'Two-step verification is off.';
	end if;
	perform app.put_recovery_codes(me, hashes);
	perform app.note_audit('account', me, 'two_factor.codes_renewed', me);
end
$$;
comment on function public.renew_recovery_codes(text, jsonb) is
	'Puts ten other recovery codes in the place of those before. Raises PT400, PT401, PT403 without the server''s proof, PT404 where it is off, fresh-step.';

revoke execute on function app.put_recovery_codes(uuid, text), app.forget_second_step(uuid),
	app.note_step_added(uuid, text, text, text),
	app_private.turn_off_two_factor(text), public.enroll_two_factor(bigint, text, jsonb),
	public.confirm_two_factor(bigint, bigint, text, jsonb), public.disable_two_factor(bigint, text, jsonb),
	public.renew_recovery_codes(text, jsonb) from public, anon, authenticated;
grant execute on function public.enroll_two_factor(bigint, text, jsonb),
	public.confirm_two_factor(bigint, bigint, text, jsonb), public.disable_two_factor(bigint, text, jsonb),
	public.renew_recovery_codes(text, jsonb) to authenticated;
