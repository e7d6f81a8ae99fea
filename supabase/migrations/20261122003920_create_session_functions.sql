-- A person's own sessions: seen, ended, and how long they last.
create function app.session_json(s auth.sessions, used timestamptz) returns json
	language plpgsql stable set search_path = '' as $$
begin
	return json_build_object(
		'id', s.id,
		'current', s.id = (auth.jwt() ->> 'session_id')::uuid,
		'agent', coalesce(left(s.user_agent, 300), ''),
		-- The network is enough to tell a household from another; the address itself is nobody's business later on.
		'network', text(network(set_masklen(s.ip, case family(s.ip) when 4 then 24 else 48 end))),
		'began', app.instant_text(s.created_at),
		'used', app.instant_text(greatest(used, s.created_at)),
		'second_step', exists (select from public.session_elevations e where e.session_id = s.id and e.until > now()));
end
$$;
comment on function app.session_json(auth.sessions, timestamptz) is 'A session as its person sees it.';

create function app.session_rules_json(person uuid) returns json
	language sql stable set search_path = '' as $$
	select json_build_object('idle', extract(epoch from u.idle_limit)::bigint, 'age', extract(epoch from u.maximum_age)::bigint)
	from (select person as id) p left join app_private.session_rules r on r.user_id = p.id
	cross join lateral app.usual_rules(r) as u
$$;
comment on function app.session_rules_json(uuid) is 'What a person chose, or the usual, in seconds; null for a limit they do without.';

create function public.list_sessions() returns json
	language plpgsql security definer set search_path = '' as $$
declare
	me uuid := app.require();
begin
	return json_build_object(
		'sessions', (
			select coalesce(json_agg(app.session_json(s, u.used_at) order by coalesce(u.used_at, s.created_at) desc, s.id), '[]')
			from auth.sessions s
			left join app_private.session_rules r on r.user_id = s.user_id
			left join app_private.session_uses u on u.session_id = s.id
			where s.user_id = me and app.lasts(s.created_at, u.used_at, s.not_after, r)
		),
		'rules', app.session_rules_json(me));
end
$$;
comment on function public.list_sessions() is 'The caller''s sessions that stand, the one used last first, and how long they last. Raises PT401.';

create function public.revoke_session(session uuid) returns void
	language plpgsql security definer set search_path = '' as $$
declare
	me uuid := app.require();
begin
	perform from auth.sessions s where s.id = session and s.user_id = me;
	if not found then
		raise sqlstate 'PT404' using message = 'There is no such session.';
	end if;
	perform app.note_sign_in(session);
	perform app.end_session(session, me, 'revoked');
	perform app.note_audit('account', me, 'session.revoke', session);
end
$$;
comment on function public.revoke_session(uuid) is 'Ends one of the caller''s sessions. Raises PT401, PT404.';

create function public.revoke_other_sessions() returns integer
	language plpgsql security definer set search_path = '' as $$
declare
	me uuid := app.require();
	other uuid;
	count integer := 0;
begin
	for other in select s.id from auth.sessions s
		where s.user_id = me and s.id <> (auth.jwt() ->> 'session_id')::uuid
	loop
		perform app.note_sign_in(other);
		perform app.end_session(other, me, 'revoked');
		perform app.note_audit('account', me, 'session.revoke', other);
		count := count + 1;
	end loop;
	return count;
end
$$;
comment on function public.revoke_other_sessions() is 'Ends all of the caller''s sessions but this one; gives how many. Raises PT401.';

-- For the operator alone, of somebody whose device fell into other hands, or of all when the machine did.
create function app_private.end_sessions(address text) returns integer
	language plpgsql set search_path = '' as $$
declare
	it record;
	count integer := 0;
begin
	for it in select s.id, s.user_id from auth.sessions s join auth.users u on u.id = s.user_id
		where address is null or u.email = lower(address) order by s.user_id, s.id
	loop
		perform app.note_sign_in(it.id);
		perform app.end_session(it.id, it.user_id, 'revoked');
		perform app.note_audit('account', it.user_id, 'session.revoke', it.id);
		count := count + 1;
	end loop;
	return count;
end
$$;
comment on function app_private.end_sessions(text) is
	'Ends every session of an account, or for null of everybody; gives how many. Their devices clear themselves as after a revocation.';

-- Supabase's own word for it, which its sign-in looks at; a day, since not everybody who reads it knows infinity.
create function app_private.close_account(address text) returns integer
	language plpgsql set search_path = '' as $$
begin
	update auth.users u set banned_until = '9999-12-31' where u.email = lower(address);
	return case when found then app_private.end_sessions(address) end;
end
$$;
comment on function app_private.close_account(text) is
	'Closes an account: its sessions end, and it signs in no more until it is opened. Gives how many ended; null where there is no such account.';

create function app_private.open_account(address text) returns integer
	language plpgsql set search_path = '' as $$
begin
	update auth.users u set banned_until = null where u.email = lower(address);
	return case when found then 0 end;
end
$$;
comment on function app_private.open_account(text) is 'Opens an account that was closed. Gives 0; null where there is no such account.';

create function public.set_session_rules(idle integer, age integer) returns json
	language plpgsql security definer set search_path = '' as $$
declare
	me uuid := app.require();
begin
	if idle not between 300 and 31536000 or age not between 3600 and 31536000 then
		raise sqlstate 'PT400' using message = 'From five minutes idle, an hour old, to a year.';
	end if;
	-- What is past the rules of before stays ended, whatever the new ones say.
	perform app.settle_sessions();
	insert into app_private.session_rules as r (user_id, idle_limit, maximum_age)
		values (me, make_interval(secs => idle), make_interval(secs => age))
		on conflict (user_id) do update set idle_limit = excluded.idle_limit, maximum_age = excluded.maximum_age;
	perform app.note_use();
	perform app.note_audit('account', me, 'session.rules', me);
	return app.session_rules_json(me);
end
$$;
comment on function public.set_session_rules(integer, integer) is
	'Sets after how many seconds without use, and how old, the caller''s sessions end; null for never. Raises PT400, PT401.';

-- A function that whoever is not signed in may call: a device whose token has run out asks what became of its
-- session, whose id nobody else knows. It tells that and nothing else.
create function public.how_session_ended(session uuid) returns text
	language plpgsql stable security definer set search_path = '' as $$
begin
	return coalesce(
		(select e.how from app_private.ended_sessions e where e.session_id = session),
		(select 'expired' from auth.sessions s
			left join app_private.session_rules r on r.user_id = s.user_id
			left join app_private.session_uses u on u.session_id = s.id
			where s.id = session and not app.lasts(s.created_at, u.used_at, s.not_after, r)));
end
$$;
comment on function public.how_session_ended(uuid) is
	'revoked or expired; null for a session that stands, that signed itself out, or that nobody knows of.';

revoke execute on function app.session_json(auth.sessions, timestamptz), app.session_rules_json(uuid),
	public.list_sessions(), public.revoke_session(uuid), public.revoke_other_sessions(),
	public.set_session_rules(integer, integer), public.how_session_ended(uuid),
	app_private.end_sessions(text), app_private.close_account(text), app_private.open_account(text) from public, anon, authenticated;
grant execute on function public.list_sessions(), public.revoke_session(uuid), public.revoke_other_sessions(),
	public.set_session_rules(integer, integer) to authenticated;
grant execute on function public.how_session_ended(uuid) to anon, authenticated;
