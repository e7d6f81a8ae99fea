-- A restore from a backup gives every entity a new epoch and says here what moment it went back to, so that devices can
-- tell their owners from which day on something may be missing.
alter table public.entities add column restored_from timestamptz;
comment on column public.entities.restored_from is
	'internal: when the backup was made that the entity was restored from, null if it never was';

create function app.instant_text(instant timestamptz) returns text
	language sql stable
	return to_char(instant at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');
comment on function app.instant_text(timestamptz) is 'A moment as the interface tells it (RFC 3339, milliseconds, UTC).';
revoke execute on function app.instant_text(timestamptz) from public, anon, authenticated;

create or replace function app.entity_json(entity public.entities, member public.memberships) returns json
	language sql stable
	return json_build_object('id', entity.id, 'kind', entity.kind, 'rev', entity.rev::text, 'body', entity.body,
		'role', member.role, 'domains', to_json(member.domains), 'epoch', entity.epoch,
		'restored_from', app.instant_text(entity.restored_from));

create or replace function public.pull_records(entity uuid, after jsonb, max_rows integer default 500) returns json
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
					to_char(p.updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'body', p.body)
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
