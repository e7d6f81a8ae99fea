-- Passkeys as a second step. The server checks what a device signed and proves the outcome; what was to be signed lies
-- here, so that it is good for one session, one purpose and one check, whichever server asked.

create function app.draw_challenge(me uuid, purpose text, challenge text) returns json
	language plpgsql set search_path = '' as $$
begin
	insert into app_private.step_challenges as c (session_id, purpose, user_id, challenge)
		values ((auth.jwt() ->> 'session_id')::uuid, draw_challenge.purpose, me, draw_challenge.challenge)
	on conflict on constraint step_challenges_pkey do update
		set user_id = excluded.user_id, challenge = excluded.challenge, at = excluded.at, credential = null;
	return (select coalesce(json_agg(json_build_object('credential', p.credential, 'transports', p.transports) order by p.at), '[]')
		from app_private.passkeys p where p.user_id = me);
end
$$;
comment on function app.draw_challenge(uuid, text, text) is
	'Keeps what this session''s passkey is to sign next, in the place of what it was to sign before; gives the person''s passkeys.';

-- One check of one passkey takes it: whoever comes at the same time finds it taken.
create function app.take_challenge(purpose text, credential text) returns text
	language plpgsql set search_path = '' as $$
declare
	taken text;
begin
	update app_private.step_challenges c set credential = take_challenge.credential
		where c.session_id = (auth.jwt() ->> 'session_id')::uuid and c.user_id = auth.uid() and c.purpose = take_challenge.purpose
			and c.credential is null and c.at > now() - interval '5 minutes'
		returning c.challenge into taken;
	return taken;
end
$$;
comment on function app.take_challenge(text, text) is
	'What this session''s passkey was to sign; null where it was told before, is older than five minutes, or nothing was asked for.';

create function app.use_challenge(purpose text, credential text, challenge text) returns boolean
	language plpgsql set search_path = '' as $$
begin
	delete from app_private.step_challenges c
		where c.session_id = (auth.jwt() ->> 'session_id')::uuid and c.user_id = auth.uid() and c.purpose = use_challenge.purpose
			and c.credential = use_challenge.credential and c.challenge = use_challenge.challenge and c.at > now() - interval '6 minutes';
	return found;
end
$$;
comment on function app.use_challenge(text, text, text) is
	'Removes what this passkey signed for this session; false where that was not it.';

-- Where it counts (some do not, and stay at 0) each signature is a later one than those before: an earlier one is of a copy.
create function app.use_passkey(me uuid, credential text, counter bigint) returns boolean
	language plpgsql set search_path = '' as $$
begin
	update app_private.passkeys p set counter = use_passkey.counter, used_at = now()
		where p.user_id = me and p.credential = use_passkey.credential
			and (p.counter < use_passkey.counter or p.counter = 0 and use_passkey.counter = 0);
	return found;
end
$$;
comment on function app.use_passkey(uuid, text, bigint) is
	'Notes that a passkey of this person signed; false where there is none such, or its counter went back.';

create function public.ask_passkey(challenge text, proof jsonb) returns json
	language plpgsql security definer set search_path = '' as $$
declare
	me uuid := app.require_session();
begin
	perform app.take_proof('ask-passkey', challenge, proof);
	return app.draw_challenge(me, 'show', challenge);
end
$$;
comment on function public.ask_passkey(text, jsonb) is
	'Keeps what a passkey is to sign to show a step; gives the caller''s passkeys. Raises PT401, PT403 without the server''s proof.';

create function public.try_passkey(credential text, proof jsonb) returns json
	language plpgsql security definer set search_path = '' as $$
declare
	me uuid := app.require_session();
	kept app_private.step_attempts;
	key app_private.passkeys;
	asked text;
begin
	perform app.hold_step(me);
	perform app.take_proof('try-passkey', credential, proof);
	if not exists (select from app_private.passkeys p where p.user_id = me) then
		return json_build_object('outcome', 'none');
	end if;
	kept := app.count_step(me);
	if kept.user_id is null then
		return json_build_object('outcome', 'locked', 'wait', app.step_wait(me));
	end if;
	asked := app.take_challenge('show', credential);
	select * into key from app_private.passkeys p where p.user_id = me and p.credential = try_passkey.credential;
	return json_build_object('outcome', case when asked is null or key.id is null then 'wrong' else 'counted' end,
		'challenge', asked, 'key', key.public_key, 'counter', key.counter, 'last', kept.locked_until > now());
end
$$;
comment on function public.try_passkey(text, jsonb) is
	'Counts an attempt and takes what the session''s passkey was to sign, with the public key to check it by, or how long none is taken; none for who has no passkey. Raises PT401, PT403 without the server''s proof.';

create function public.elevate_by_passkey(credential text, challenge text, counter bigint, proof jsonb) returns json
	language plpgsql security definer set search_path = '' as $$
declare
	me uuid := app.require_session();
begin
	perform app.hold_step(me);
	perform app.take_proof('passkey', concat_ws('|', credential, challenge, counter), proof);
	if not app.use_challenge('show', credential, challenge) or not app.use_passkey(me, credential, counter) then
		return json_build_object('outcome', 'wrong');
	end if;
	perform app.note_audit('account', me, 'two_factor.verified', me);
	return app.elevate(me, 'passkey');
end
$$;
comment on function public.elevate_by_passkey(text, text, bigint, jsonb) is
	'Elevates the session for 12 hours by a passkey''s signature that the server checked. Raises PT401, PT403 without its proof.';

create function public.disable_by_passkey(credential text, challenge text, counter bigint, proof jsonb) returns json
	language plpgsql security definer set search_path = '' as $$
declare
	me uuid := app.require();
begin
	perform app.hold_step(me);
	perform app.take_proof('disable', concat_ws('|', credential, challenge, counter), proof);
	if not app.use_challenge('show', credential, challenge) or not app.use_passkey(me, credential, counter) then
		return json_build_object('outcome', 'wrong');
	end if;
	perform app.forget_second_step(me);
	perform app.note_audit('account', me, 'two_factor.turned_off', me);
	return json_build_object('outcome', 'off');
end
$$;
comment on function public.disable_by_passkey(text, text, bigint, jsonb) is
	'Turns two-step verification off by a passkey''s signature that the server checked. Raises PT401, PT403 without its proof.';

create function public.enroll_passkey(challenge text, proof jsonb) returns json
	language plpgsql security definer set search_path = '' as $$
declare
	me uuid := app.require();
begin
	perform app.hold_step(me);
	perform app.require_fresh_sign_in();
	perform app.take_proof('enroll-passkey', challenge, proof);
	return app.draw_challenge(me, 'add', challenge);
end
$$;
comment on function public.enroll_passkey(text, jsonb) is
	'Keeps what a new passkey is to be made for; gives those there are. Raises PT401, PT403 without the server''s proof, PT428 without a fresh sign-in, fresh-step.';

create function public.take_enrollment(credential text, proof jsonb) returns text
	language plpgsql security definer set search_path = '' as $$
declare
	me uuid := app.require();
begin
	perform app.take_proof('take-passkey', credential, proof);
	return app.take_challenge('add', credential);
end
$$;
comment on function public.take_enrollment(text, jsonb) is
	'What the new passkey of this session was to be made for, once; null where that has ended. Raises PT401, PT403 without the server''s proof.';

-- The name is the person's own word, and no part of what the server proves.
create function public.add_passkey(name text, credential text, public_key text, counter bigint, transports text, challenge text,
	hashes text, proof jsonb) returns json
	language plpgsql security definer set search_path = '' as $$
declare
	me uuid := app.require();
begin
	perform app.hold_step(me);
	perform app.require_fresh_sign_in();
	perform app.take_proof('add-passkey', concat_ws('|', credential, public_key, counter, transports, challenge, hashes), proof);
	if not app.use_challenge('add', credential, challenge) then
		raise sqlstate 'PT404' using message = 'Nothing waits to be confirmed.';
	end if;
	if (select count(*) from app_private.passkeys p where p.user_id = me) >= 10 then
		raise sqlstate 'PT409' using message = 'There are ten passkeys already.';
	end if;
	insert into app_private.passkeys (user_id, name, credential, public_key, counter, transports)
		values (me, add_passkey.name, add_passkey.credential, add_passkey.public_key, add_passkey.counter, add_passkey.transports);
	return app.note_step_added(me, 'passkey', 'two_factor.passkey_added', hashes);
end
$$;
comment on function public.add_passkey(text, text, text, bigint, text, text, text, jsonb) is
	'Adds a passkey that the server checked; as the first step it turns two-step verification on. Raises PT400, PT401, PT403 without the server''s proof, PT404 where nothing waits, PT409 after ten, 23505 where it is somebody''s, PT428, fresh-step.';

create function public.rename_passkey(passkey uuid, name text) returns void
	language plpgsql security definer set search_path = '' as $$
declare
	me uuid := app.require();
begin
	update app_private.passkeys p set name = rename_passkey.name where p.user_id = me and p.id = rename_passkey.passkey;
	if not found then
		raise sqlstate 'PT404' using message = 'There is no such passkey.';
	end if;
end
$$;
comment on function public.rename_passkey(uuid, text) is 'Gives one of the caller''s passkeys another name. Raises PT401, PT404.';

create function public.remove_passkey(passkey uuid) returns json
	language plpgsql security definer set search_path = '' as $$
declare
	me uuid := app.require();
	is_last boolean;
begin
	perform app.hold_step(me);
	perform app.require_fresh_step();
	delete from app_private.passkeys p where p.user_id = me and p.id = remove_passkey.passkey;
	if not found then
		raise sqlstate 'PT404' using message = 'There is no such passkey.';
	end if;
	is_last := not exists (select from app_private.passkeys p where p.user_id = me)
		and not exists (select from app_private.totp_secrets t where t.user_id = me and t.state = 'on');
	if is_last then
		perform app.forget_second_step(me);
	end if;
	perform app.note_audit('account', me, case when is_last then 'two_factor.turned_off' else 'two_factor.passkey_removed' end, me);
	return json_build_object('outcome', case when is_last then 'off' else 'removed' end);
end
$$;
comment on function public.remove_passkey(uuid) is
	'Removes one of the caller''s passkeys; without it and without an app, two-step verification is off. Raises PT401, PT404, fresh-step.';

revoke execute on function app.draw_challenge(uuid, text, text), app.take_challenge(text, text),
	app.use_challenge(text, text, text), app.use_passkey(uuid, text, bigint), public.ask_passkey(text, jsonb),
	public.try_passkey(text, jsonb), public.elevate_by_passkey(text, text, bigint, jsonb),
	public.disable_by_passkey(text, text, bigint, jsonb), public.enroll_passkey(text, jsonb),
	public.take_enrollment(text, jsonb), public.add_passkey(text, text, text, bigint, text, text, text, jsonb),
	public.rename_passkey(uuid, text), public.remove_passkey(uuid) from public, anon, authenticated;
grant execute on function public.ask_passkey(text, jsonb), public.try_passkey(text, jsonb),
	public.elevate_by_passkey(text, text, bigint, jsonb),
	public.disable_by_passkey(text, text, bigint, jsonb), public.enroll_passkey(text, jsonb),
	public.take_enrollment(text, jsonb), public.add_passkey(text, text, text, bigint, text, text, text, jsonb),
	public.rename_passkey(uuid, text), public.remove_passkey(uuid) to authenticated;
