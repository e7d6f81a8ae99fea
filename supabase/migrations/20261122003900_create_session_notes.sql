-- Sessions begin and end in Supabase Auth, which is not ours. Each beginning and each end is noted once: by Arca's own
-- server where it stands before sign-in, otherwise when the session is first used, and in any case by the next sweep.
create table app_private.ended_sessions (
	session_id uuid primary key,
	user_id uuid not null references auth.users (id) on delete cascade,
	how text not null check (how in ('revoked', 'expired')),
	ended_at timestamptz not null default now()
);
comment on table app_private.ended_sessions is 'Sessions that were ended for their device: what it is told when it next speaks, for a year.';
comment on column app_private.ended_sessions.session_id is 'internal: which session';
comment on column app_private.ended_sessions.user_id is 'internal: whose it was';
comment on column app_private.ended_sessions.how is 'internal: revoked by the person from elsewhere, or expired';
comment on column app_private.ended_sessions.ended_at is 'internal: when';

-- An event of a session, in the name of its person, whoever comes by when it is noted.
create function app.note_session_event(person uuid, session uuid, action text) returns void
	language plpgsql set search_path = '' as $$
declare
	claims text := current_setting('request.jwt.claims', true);
	sub text := current_setting('request.jwt.claim.sub', true);
begin
	perform set_config('request.jwt.claims', jsonb_build_object('sub', person, 'session_id', session)::text, true),
		set_config('request.jwt.claim.sub', person::text, true);
	perform app.note_audit('account', person, action, session);
	perform set_config('request.jwt.claims', coalesce(claims, ''), true),
		set_config('request.jwt.claim.sub', coalesce(sub, ''), true);
end
$$;

create function app.note_sign_in(session uuid) returns void
	language plpgsql security definer set search_path = '' as $$
declare
	person uuid;
begin
	-- Noted is not used.
	insert into app_private.session_uses (session_id, user_id, used_at)
		select s.id, s.user_id, s.created_at from auth.sessions s where s.id = session
		on conflict do nothing returning user_id into person;
	if person is not null then
		perform app.note_session_event(person, session, 'session.sign_in');
	end if;
end
$$;
comment on function app.note_sign_in(uuid) is 'Notes that a session began; once, however often it is called.';

create function app.note_use() returns void
	language plpgsql security definer set search_path = '' as $$
declare
	session uuid := (auth.jwt() ->> 'session_id')::uuid;
begin
	update app_private.session_uses u set used_at = now()
		where u.session_id = session and u.used_at < now() - interval '1 minute';
	if not found and not exists (select from app_private.session_uses u where u.session_id = session) then
		perform app.note_sign_in(session);
		update app_private.session_uses u set used_at = now() where u.session_id = session;
	end if;
end
$$;
comment on function app.note_use() is 'Notes that the session of the token is used; its caller has asked app.require before.';

create function app.end_session(session uuid, person uuid, how text) returns void
	language plpgsql security definer set search_path = '' as $$
begin
	-- Its refresh tokens go with it.
	delete from auth.sessions s where s.id = session;
	delete from app_private.session_uses u where u.session_id = session;
	delete from app_private.pin_shares p where p.session_id = session;
	insert into app_private.ended_sessions (session_id, user_id, how) values (session, person, end_session.how)
		on conflict do nothing;
end
$$;
comment on function app.end_session(uuid, uuid, text) is 'Ends a session and keeps how, for its device.';

create function app.settle_sessions() returns void
	language plpgsql security definer set search_path = '' as $$
declare
	it record;
begin
	-- One at a time: two would wait for each other's chains. Who comes second leaves it to the next sweep.
	if not pg_try_advisory_xact_lock(hashtextextended('settle sessions', 0)) then
		return;
	end if;
	for it in
		select s.id from auth.sessions s
		where not exists (select from app_private.session_uses u where u.session_id = s.id)
		order by s.created_at limit 200
	loop
		perform app.note_sign_in(it.id);
	end loop;
	for it in
		select s.id, s.user_id from auth.sessions s
		left join app_private.session_rules r on r.user_id = s.user_id
		left join app_private.session_uses u on u.session_id = s.id
		where not app.lasts(s.created_at, u.used_at, s.not_after, r)
		limit 200
	loop
		perform app.end_session(it.id, it.user_id, 'expired');
		perform app.note_session_event(it.user_id, it.id, 'session.expire');
	end loop;
	-- Ended by Supabase Auth itself: a device signed out, or a new password signed the others out.
	for it in
		delete from app_private.session_uses u where u.session_id in (
			select g.session_id from app_private.session_uses g
			where not exists (select from auth.sessions s where s.id = g.session_id) limit 200
		) returning u.session_id, u.user_id
	loop
		perform app.note_session_event(it.user_id, it.session_id, 'session.sign_out');
	end loop;
	delete from app_private.ended_sessions e where e.ended_at < now() - interval '1 year';
end
$$;
comment on function app.settle_sessions() is 'Notes sessions that began and ended unseen, and ends those that are past what their person chose.';

-- So many a day: whoever guesses from many places must not fill the trail.
create function app.note_lock(person uuid) returns void
	language plpgsql security definer set search_path = '' as $$
begin
	if (select count(*) from public.audit_events e where e.scope = 'account' and e.subject = person
		and e.action = 'session.lock' and e.at > now() - interval '1 day') < 50 then
		perform app.note_audit('account', person, 'session.lock', person);
	end if;
end
$$;
comment on function app.note_lock(uuid) is 'Notes that wrong passwords locked an account; fifty times a day at most.';

revoke execute on function app.note_lock(uuid), app.note_session_event(uuid, uuid, text), app.note_sign_in(uuid), app.note_use(),
	app.end_session(uuid, uuid, text), app.settle_sessions() from public, anon, authenticated;
