-- A record as the interface gives it: numbers that may pass 2^53 are text.
create function app.record_json(r public.records) returns json
	language sql stable
	return json_build_object('id', r.id, 'domain', r.domain, 'rev', r.rev::text, 'seq', r.seq::text,
		'generation', r.generation, 'author', r.author, 'state', r.state,
		'updated_at', app.instant_text(r.updated_at), 'body', r.body);

create function public.pull_records(entity uuid, after jsonb, max_rows integer default 500) returns json
	language plpgsql security definer set search_path = '' as $$
declare
	me uuid := app.require('entity.view', entity);
	most integer := least(greatest(coalesce(max_rows, 500), 1), 1000);
	most_bytes constant integer := 8 * 1024 * 1024;
	wanted text;
begin
	if jsonb_typeof(after) is distinct from 'object' then
		raise sqlstate 'PT400' using message = 'after must be an object.';
	end if;
	for wanted in select jsonb_object_keys(after) loop
		perform app.require(case when wanted = 'chat' then 'chat.view' else 'records.view' end, entity, wanted);
	end loop;
	perform app.sweep();
	-- One statement, hence one snapshot; the head's lock makes what it sees of a domain a beginning of that domain.
	return (
		with cursors as (
			select a.key as domain, a.value::bigint as seq from jsonb_each_text(pull_records.after) a
		), found as materialized (
			select r.*, sum(coalesce(octet_length(r.body), 0)) over w as bytes, row_number() over w as place
			from cursors c cross join lateral (
				select * from public.records x
				where x.entity_id = pull_records.entity and x.domain = c.domain and x.seq > c.seq
				order by x.seq limit most + 1
			) r
			window w as (order by r.domain, r.seq rows unbounded preceding)
		), page as (
			select * from found f where f.place <= most and (f.bytes <= most_bytes or f.place = 1)
		)
		select json_build_object(
			'records', coalesce((
				select json_agg(json_build_object('id', p.id, 'domain', p.domain, 'rev', p.rev::text, 'seq', p.seq::text,
					'generation', p.generation, 'author', p.author, 'state', p.state, 'updated_at',
					app.instant_text(p.updated_at), 'body', p.body)
					order by p.domain, p.seq)
				from page p
			), '[]'),
			'more', (select count(*) from found) > (select count(*) from page),
			'epoch', e.epoch, 'restored_from', app.instant_text(e.restored_from)
		)
		from public.entities e where e.id = pull_records.entity
	);
end
$$;
comment on function public.pull_records(uuid, jsonb, integer) is
	'The next page of the domains named in after ({domain: "seq"}), at most max_rows (1 to 1000) and 8 MiB of bodies. Raises PT400, PT401, PT403.';

create function public.read_history(entity uuid, record uuid) returns json
	language plpgsql security definer set search_path = '' as $$
declare
	me uuid := app.require('entity.view', entity);
	most constant integer := 200;
	most_bytes constant integer := 8 * 1024 * 1024;
	home text;
begin
	select r.domain into home from public.records r where r.entity_id = read_history.entity and r.id = record;
	perform app.require(case when home = 'chat' then 'chat.view' else 'records.view' end, entity, home);
	return (
		with newest as (
			select x.*, sum(octet_length(x.body)) over w as bytes, row_number() over w as place
			from (
				select * from public.record_history y
				where y.entity_id = read_history.entity and y.id = record and y.replaced_at > now() - interval '30 days'
				order by y.rev desc limit most
			) x
			window w as (order by x.rev desc rows unbounded preceding)
		)
		select coalesce(json_agg(json_build_object('id', h.id, 'domain', h.domain, 'rev', h.rev::text,
			'seq', h.seq::text, 'generation', h.generation, 'author', h.author, 'state', h.state, 'updated_at',
			app.instant_text(h.updated_at), 'body', h.body)
			order by h.rev desc), '[]')
		from newest h where h.bytes <= most_bytes or h.place = 1
	);
end
$$;
comment on function public.read_history(uuid, uuid) is
	'The bodies a record had in the last 30 days, newest first: 200 and 8 MiB at most, one at least. Raises PT401, PT403.';

create function public.list_audit(entity uuid, after text default '0') returns json
	language plpgsql security definer set search_path = '' as $$
declare
	me uuid := app.require('audit.view', entity);
begin
	return (
		with page as (
			select e.* from public.audit_events e
			where e.scope = 'entity' and e.subject = list_audit.entity and e.number > list_audit.after::bigint
			order by e.number limit 201
		), shown as (select * from page p order by p.number limit 200)
		select json_build_object(
			'events', coalesce((
				select json_agg(json_build_object('number', s.number::text,
					'at', to_char(s.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
					'actor', s.actor, 'session', s.session_id, 'action', s.action, 'object', s.object_id,
					'domain', s.domain, 'previous', s.previous, 'hash', s.hash) order by s.number)
				from shown s
				join public.memberships m on m.entity_id = s.subject and m.user_id = me
				where s.domain is null or s.domain = any (m.domains)
			), '[]'),
			'more', (select count(*) from page) > 200,
			'after', coalesce((select max(s.number)::text from shown s), list_audit.after),
			'head', (select json_build_object('number', h.number::text, 'hash', h.hash)
				from app_private.audit_heads h where h.scope = 'entity' and h.subject = list_audit.entity)
		)
	);
end
$$;
comment on function public.list_audit(uuid, text) is
	'The events of an entity after a number, 200 at a time, of the caller''s domains, with the head of the chain. Raises PT401, PT403.';
