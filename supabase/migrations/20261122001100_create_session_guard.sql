-- What a person chose for their sessions: without a row the usual limits hold, a null is a limit they chose to do without.
create table app_private.session_rules (
	user_id uuid primary key references auth.users (id) on delete cascade,
	idle_limit interval check (idle_limit > interval '0'),
	maximum_age interval check (maximum_age > interval '0')
);
comment on table app_private.session_rules is 'How long the sessions of a person last.';
comment on column app_private.session_rules.user_id is 'internal: whose sessions';
comment on column app_private.session_rules.idle_limit is 'internal: ends a session that was not used for so long';
comment on column app_private.session_rules.maximum_age is 'internal: ends a session so long after sign-in';

-- When each session was last used. A refreshed token is no use: were it one, an idle session would be brought back by
-- whoever has its refresh token.
create table app_private.session_uses (
	session_id uuid primary key,
	user_id uuid not null references auth.users (id) on delete cascade,
	used_at timestamptz not null default now()
);
comment on table app_private.session_uses is 'Every session that was noted in the audit trail, and when it was last used.';
comment on column app_private.session_uses.session_id is 'internal: which session';
comment on column app_private.session_uses.user_id is 'internal: whose it is';
comment on column app_private.session_uses.used_at is 'internal: when, to the minute';

-- Long enough that whoever opens the app once a month stays signed in, and that a device which was given away or lost is
-- signed out by itself: what it keeps stays under the protection it had. Those of Supabase Auth (config.toml) are the same.
create function app.usual_rules(rules app_private.session_rules) returns app_private.session_rules
	language sql immutable
	return case when rules.user_id is null
		then row (null, interval '30 days', interval '90 days')::app_private.session_rules else rules end;
comment on function app.usual_rules(app_private.session_rules) is
	'What a person chose, or where they chose nothing: unused for 30 days, 90 days after sign-in.';

create function app.lasts(began timestamptz, used timestamptz, until timestamptz, rules app_private.session_rules)
	returns boolean language sql stable
	return (until is null or until > now())
		and coalesce(began > now() - (app.usual_rules(rules)).maximum_age, true)
		and coalesce(coalesce(used, began) > now() - (app.usual_rules(rules)).idle_limit, true);
comment on function app.lasts(timestamptz, timestamptz, timestamptz, app_private.session_rules) is
	'Whether a session that began and was last used then is within its end and what its person chose, or the usual.';

-- A token is good for as long as its session is: a revoked one loses everything at once, though the token has not
-- expired. auth.sessions is under row level security without policies; this reads it because its owner bypasses that.
create function app.session_stands() returns boolean
	language plpgsql stable security definer set search_path = '' as $$
declare
	session text := auth.jwt() ->> 'session_id';
begin
	if session is null or session !~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then
		return false;
	end if;
	return exists (
		select from auth.sessions s
		join auth.users p on p.id = s.user_id and p.deleted_at is null and (p.banned_until is null or p.banned_until <= now())
		left join app_private.session_rules r on r.user_id = s.user_id
		left join app_private.session_uses u on u.session_id = s.id
		where s.id = session::uuid and s.user_id = auth.uid() and app.lasts(s.created_at, u.used_at, s.not_after, r)
	);
end
$$;
comment on function app.session_stands() is 'Whether the session of the token is there, within what its person chose, and of an account that is not closed.';

-- Where a person has two-step verification on, a session reads nothing until it was elevated by a code, and nothing again
-- once the elevation has ended.
create function app.step_done() returns boolean
	language plpgsql stable security definer set search_path = '' as $$
begin
	return not exists (select from public.two_factor f where f.user_id = auth.uid()) or exists (
		select from public.session_elevations e
		where e.session_id = (auth.jwt() ->> 'session_id')::uuid and e.user_id = auth.uid() and e.until > now()
	);
end
$$;
comment on function app.step_done() is 'Whether the caller''s session has no second step to show. Says nothing of whether it stands.';

-- What every policy and every exposed function asks. In PL/pgSQL, which plans its query once a connection.
create function app.session_ok() returns boolean
	language plpgsql stable security definer set search_path = '' as $$
begin
	return app.session_stands() and app.step_done();
end
$$;
comment on function app.session_ok() is 'Whether the session of the token still stands and its second step was shown where there is one.';

-- A refusal that clients tell from others: as PostgREST documents it ("Raise errors with HTTP status codes"), with the
-- status 403 and a code of our own.
create function app.refuse_step(code text, why text) returns void
	language plpgsql stable set search_path = '' as $$
begin
	raise sqlstate 'PGRST' using
		message = json_build_object('code', code, 'message', why)::text, detail = '{"status": 403, "headers": {}}';
end
$$;
comment on function app.refuse_step(text, text) is 'Raises PGRST with the code second-step or fresh-step.';

create function app.has_permission(permission text, entity uuid, domain text default null) returns boolean
	language plpgsql stable security definer set search_path = '' as $$
begin
	return exists (
		select from public.memberships m
		join app.role_permissions p on p.role = m.role
		where m.entity_id = has_permission.entity and m.user_id = auth.uid()
			and p.permission = has_permission.permission and not p.reserved
			and (has_permission.domain is null or has_permission.domain = any (m.domains))
	);
end
$$;
comment on function app.has_permission(text, uuid, text) is 'Whether the caller may do it in the entity, and in the domain if one is named.';

-- The first line of the few functions by which a session shows its second step.
create function app.require_session() returns uuid
	language plpgsql stable security definer set search_path = '' as $$
begin
	if not app.session_stands() then
		raise sqlstate 'PT401' using message = 'Sign in first.';
	end if;
	return auth.uid();
end
$$;
comment on function app.require_session() is 'The caller''s id, its second step shown or not. Raises PT401 without a session that stands.';

-- The first line of every other exposed definer function: those are not bound by row level security.
create function app.require(permission text default null, entity uuid default null, domain text default null)
	returns uuid language plpgsql stable security definer set search_path = '' as $$
begin
	perform app.require_session();
	if not app.step_done() then
		perform app.refuse_step('second-step', 'Show the second step first.');
	end if;
	if permission is not null and not app.has_permission(permission, entity, domain) then
		raise sqlstate 'PT403' using message = 'You may not do this here.';
	end if;
	return auth.uid();
end
$$;
comment on function app.require(text, uuid, text) is
	'The caller''s id. Raises PT401 without a session that stands, second-step without its second step, PT403 without the permission (also where nothing exists).';

-- The fast shape of a policy: it is evaluated once a query, not once a row; and in PL/pgSQL, which plans its query once a
-- connection, where a definer function in SQL would plan it at each call.
create function app.member_entities(d text, may_write boolean) returns setof uuid
	language plpgsql stable security definer set search_path = '' as $$
declare
	wanted text := case
		when d = 'chat' then case when may_write then 'chat.post' else 'chat.view' end
		else case when may_write then 'records.edit' else 'records.view' end
	end;
begin
	return query select m.entity_id from public.memberships m
		join app.role_permissions p on p.role = m.role
		where m.user_id = (select auth.uid()) and d = any (m.domains) and p.permission = wanted and not p.reserved;
end
$$;
comment on function app.member_entities(text, boolean) is 'The entities whose records of a domain the caller may read, or write.';

create function app.entities_with(permission text) returns setof uuid
	language plpgsql stable security definer set search_path = '' as $$
begin
	return query select m.entity_id from public.memberships m
		join app.role_permissions p on p.role = m.role
		where m.user_id = (select auth.uid()) and p.permission = entities_with.permission and not p.reserved;
end
$$;
comment on function app.entities_with(text) is 'The entities where the caller has a permission.';

revoke execute on function app.usual_rules(app_private.session_rules),
	app.lasts(timestamptz, timestamptz, timestamptz, app_private.session_rules),
	app.session_stands(), app.step_done(), app.refuse_step(text, text), app.require_session(), app.session_ok(),
	app.has_permission(text, uuid, text), app.require(text, uuid, text),
	app.member_entities(text, boolean), app.entities_with(text) from public, anon, authenticated;
-- Policies call these as the person who asks.
grant execute on function app.session_ok(), app.member_entities(text, boolean), app.entities_with(text)
	to authenticated;
