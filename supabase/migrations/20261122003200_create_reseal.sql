-- Sealing bodies anew under another generation of their domain's key: current ones and earlier ones alike.
create function app.count_stale(entity uuid, domain text, below integer) returns bigint
	language plpgsql stable set search_path = '' as $$
begin
	return (
		select count(*) from public.records r
		where r.entity_id = entity and r.domain = count_stale.domain and r.body is not null and coalesce(r.generation, 0) < below
	) + (
		select count(*) from public.record_history h
		where h.entity_id = entity and h.domain = count_stale.domain and coalesce(h.generation, 0) < below
	);
end
$$;
comment on function app.count_stale(uuid, text, integer) is 'How many bodies of a domain, earlier ones too, are of a lower generation.';

create function public.list_stale(
	entity uuid, domain text, below integer, max_rows integer default 500, after_id uuid default null,
	after_rev text default null
) returns json
	language plpgsql security definer set search_path = '' as $$
declare
	me uuid := app.require('keys.rotate', entity, domain);
	most integer := least(greatest(coalesce(max_rows, 500), 1), 500);
	most_bytes constant integer := 8 * 1024 * 1024;
begin
	return (
		with stale as (
			select r.id, r.domain, r.rev, r.seq, r.generation, r.author, r.state, r.updated_at, r.body
			from public.records r
			where r.entity_id = list_stale.entity and r.domain = list_stale.domain and r.body is not null
				and coalesce(r.generation, 0) < below
			union all
			select h.id, h.domain, h.rev, h.seq, h.generation, h.author, h.state, h.updated_at, h.body
			from public.record_history h
			where h.entity_id = list_stale.entity and h.domain = list_stale.domain
				and coalesce(h.generation, 0) < below
		), beyond as (
			select * from stale s where after_id is null or (s.id, s.rev) > (after_id, coalesce(after_rev, '0')::bigint)
		), found as (
			select *, sum(octet_length(x.body)) over w as bytes, row_number() over w as place
			from (select * from beyond b order by b.id, b.rev limit most) x
			window w as (order by x.id, x.rev rows unbounded preceding)
		), page as materialized (
			select * from found f where f.bytes <= most_bytes or f.place = 1
		)
		select json_build_object('records', coalesce((
			select json_agg(json_build_object('id', p.id, 'domain', p.domain, 'rev', p.rev::text, 'seq', p.seq::text,
				'generation', p.generation, 'author', p.author, 'state', p.state, 'updated_at', app.instant_text(p.updated_at),
				'body', p.body) order by p.place)
			from page p
		), '[]'), 'left', (select count(*) from beyond) - (select count(*) from page))
	);
end
$$;
comment on function public.list_stale(uuid, text, integer, integer, uuid, text) is
	'The bodies of a domain below a generation, by record and revision, 500 and 8 MiB at a time. Raises PT401, PT403.';

create function public.reseal_records(entity uuid, domain text, bodies jsonb) returns json
	language plpgsql security definer set search_path = '' as $$
declare
	me uuid := app.require('keys.rotate', entity, domain);
	current integer;
	answer json;
	more bigint;
begin
	if jsonb_typeof(bodies) is distinct from 'array' or jsonb_array_length(bodies) > 500 then
		raise sqlstate 'PT400' using message = 'bodies must be a list of at most 500.';
	end if;
	select h.generation into current from public.heads h
		where h.entity_id = reseal_records.entity and h.domain = reseal_records.domain for update;
	with given as materialized (
		select b.id, b.rev, b."from", b.body, b.place, coalesce(b."to" = current and b."from" < b."to" and b."from" >= 0
			and b.id is not null and b.rev is not null and app.is_sealed(b.body), false) as is_right
		from rows from (jsonb_to_recordset(bodies) as (id uuid, rev bigint, "from" integer, "to" integer, body text))
			with ordinality as b (id, rev, "from", "to", body, place)
	), wanted as (
		select distinct on (g.id, g.rev) g.* from given g where g.is_right order by g.id, g.rev, g.place
	), now_sealed as (
		update public.records r set body = w.body, generation = current from wanted w
		where r.entity_id = reseal_records.entity and r.domain = reseal_records.domain and r.id = w.id and r.rev = w.rev
			and r.body is not null and coalesce(r.generation, 0) = w."from"
		returning r.id, r.rev
	), older as (
		select h.id, h.rev, octet_length(w.body) - octet_length(h.body) as more, w.body
		from public.record_history h join wanted w on w.id = h.id and w.rev = h.rev
		where h.entity_id = reseal_records.entity and h.domain = reseal_records.domain
			and coalesce(h.generation, 0) = w."from"
	), then_sealed as (
		update public.record_history h set body = o.body, generation = current from older o
		where h.entity_id = reseal_records.entity and h.id = o.id and h.rev = o.rev
		returning h.id, h.rev
	), sealed as materialized (
		select * from now_sealed union all select * from then_sealed
	), before as materialized (
		select r.id, r.rev from public.records r
		where r.entity_id = reseal_records.entity and r.domain = reseal_records.domain and r.generation = current
			and r.id in (select g.id from given g)
		union all
		select h.id, h.rev from public.record_history h
		where h.entity_id = reseal_records.entity and h.domain = reseal_records.domain and h.generation = current
			and h.id in (select g.id from given g)
	)
	select (select coalesce(sum(o.more), 0) from older o), json_agg(json_build_object('id', g.id, 'rev', g.rev::text,
		'status', case when not g.is_right then 'invalid'
			when (g.id, g.rev) in (select s.id, s.rev from sealed s union all select b.id, b.rev from before b) then 'accepted'
			else 'conflict' end) order by g.place)
	into more, answer from given g;
	perform app.count_usage(entity, 0, more);
	return coalesce(answer, '[]');
end
$$;
comment on function public.reseal_records(uuid, text, jsonb) is
	'Puts up to 500 bodies under the current generation, a verdict each and in order; number and author stay. Raises PT400, PT401, PT403, PT413.';

revoke execute on function app.count_stale(uuid, text, integer),
	public.list_stale(uuid, text, integer, integer, uuid, text), public.reseal_records(uuid, text, jsonb)
	from public, anon, authenticated;
grant execute on function public.list_stale(uuid, text, integer, integer, uuid, text),
	public.reseal_records(uuid, text, jsonb) to authenticated;
