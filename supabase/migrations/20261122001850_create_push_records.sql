-- Judges the changes that are still open, or met another revision, against what is stored. The heads are locked, so it still holds when it is
-- written. 'update' is what may be written; 'accepted' was written before, as the current revision or an earlier one.
create function app.judge_changes(
	entity uuid, me uuid, allowed text[], domains text[], generations integer[], changes app_private.change[]
) returns app_private.change[]
	language plpgsql set search_path = '' as $$
begin
	return (
		select array_agg(row(c.place, c.change, c.id, c.domain, c.base, c.state, c.generation, c.body, case
			when c.verdict <> 'conflict' then c.verdict
			when r.domain <> c.domain then 'denied'
			when r.change_id = c.change or r.id is not null and exists (
				select from public.record_history h
				where h.entity_id = judge_changes.entity and h.id = c.id and h.change_id = c.change
			) then 'accepted'
			when app.permission_to_change(c.domain, r.state, c.state) <> all (allowed)
				or (c.domain = 'chat' and r.author <> me) then 'denied'
			when r.id is null and c.base > 0 then 'invalid'
			when r.rev <> c.base then 'conflict'
			when c.generation is distinct from generations[array_position(domains, c.domain)] then case
				when coalesce(c.generation, 0) < generations[array_position(domains, c.domain)]
				then 'stale-generation' else 'invalid' end
			when r.id is null then 'conflict'
			else 'update'
			end)::app_private.change)
		from unnest(changes) c
		left join public.records r on r.entity_id = judge_changes.entity and r.id = c.id
	);
end
$$;

create function app.change_records(entity uuid, changes app_private.change[]) returns app_private.outcome[]
	language plpgsql set search_path = '' as $$
declare
	done app_private.outcome[];
begin
	with put as (
		update public.records r
		set rev = c.base + 1, state = c.state, generation = c.generation, change_id = c.change, body = c.body
		from unnest(changes) c
		where c.verdict = 'update' and r.entity_id = change_records.entity and r.id = c.id and r.rev = c.base
		returning r.change_id, r.id, r.rev, r.seq
	)
	select array_agg(row(p.change_id, p.id, p.rev, p.seq)::app_private.outcome) into done from put p;
	return done;
end
$$;

create function app.answer_changes(entity uuid, changes app_private.change[], done app_private.outcome[]) returns json
	language plpgsql stable set search_path = '' as $$
begin
	return (
		select coalesce(json_agg(case
			when d.seq is not null
				then json_build_object('id', c.id, 'status', 'accepted', 'rev', d.rev::text, 'seq', d.seq::text)
			when c.verdict = 'accepted' then (
				select json_build_object('id', c.id, 'status', 'accepted', 'rev', x.rev::text, 'seq', x.seq::text)
				from (
					select r.rev, r.seq from public.records r
					where r.entity_id = answer_changes.entity and r.id = c.id and r.change_id = c.change
					union all
					select h.rev, h.seq from public.record_history h
					where h.entity_id = answer_changes.entity and h.id = c.id and h.change_id = c.change
					limit 1
				) x
			)
			when c.verdict in ('conflict', 'update') then json_build_object('id', c.id, 'status', 'conflict', 'current', (
				select app.record_json(r) from public.records r
				where r.entity_id = answer_changes.entity and r.id = c.id
			))
			else json_build_object('id', c.id, 'status', c.verdict)
			end order by c.place), '[]')
		from unnest(changes) c
		left join unnest(done) d on d.change = c.change and d.id = c.id
	);
end
$$;

create function public.push_records(entity uuid, changes jsonb) returns json
	language plpgsql security definer set search_path = '' as $$
declare
	me uuid := app.require('entity.view', entity);
	allowed text[];
	domains text[];
	generations integer[];
	asked app_private.change[] := app.fit_changes(entity, app.read_changes(entity, me, changes));
	done app_private.outcome[];
	more app_private.outcome[];
begin
	select array_agg(p.permission) into allowed
		from public.memberships m join app.role_permissions p on p.role = m.role and not p.reserved
		where m.entity_id = push_records.entity and m.user_id = me;
	select array_agg(h.domain), array_agg(h.generation) into domains, generations from (
		select * from public.heads x
		where x.entity_id = push_records.entity and x.domain in (select c.domain from unnest(asked) c)
		order by x.domain for update
	) h;
	done := app.add_records(entity, me, allowed, domains, generations, asked);
	-- One pass for the changes of records that exist; another for each further change of the same record in this push.
	while cardinality(done) is distinct from cardinality(asked) loop
		asked := app.judge_changes(entity, me, allowed, domains, generations, asked);
		more := app.change_records(entity, asked);
		done := done || more;
		exit when more is null;
	end loop;
	return app.answer_changes(entity, asked, done);
end
$$;
comment on function public.push_records(uuid, jsonb) is
	'Writes up to 1,000 changes, a verdict each and in order. Raises PT400, PT401, PT403.';
