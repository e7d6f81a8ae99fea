-- Pushing records: compare-and-set per record, a verdict each, not all-or-nothing, set-based.
create type app_private.change as (
	place bigint,
	change uuid,
	id uuid,
	domain text,
	base bigint,
	state text,
	generation integer,
	body text,
	verdict text,
	rev bigint,
	seq bigint
);
comment on type app_private.change is 'One change of a push, and what becomes of it.';

-- The changes of a push, in their order.
create function app.read_changes(changes jsonb) returns app_private.change[]
	language plpgsql set search_path = '' as $$
begin
	if jsonb_typeof(changes) is distinct from 'array' or jsonb_array_length(changes) > 1000 then
		raise sqlstate 'PT400' using message = 'changes must be a list of at most 1000.';
	end if;
	return (
		select array_agg(row(c.place, c.change, c.id, c.domain, c.base, c.state, c.generation, c.body, null, null, null
			)::app_private.change)
		from rows from (jsonb_to_recordset(changes) as (
			change uuid, id uuid, domain text, base bigint, state text, generation integer, body text
		)) with ordinality as c (change, id, domain, base, state, generation, body, place)
	);
end
$$;

-- What is to become of each change: a status of the answer, or 'insert' or 'update' for what is to be written. The heads
-- are locked, so what is judged here still holds when it is written.
create function app.judge_changes(entity uuid, me uuid, changes app_private.change[]) returns app_private.change[]
	language plpgsql set search_path = '' as $$
declare
	open text[];
	allowed text[];
begin
	select m.domains, array_agg(p.permission) into open, allowed
		from public.memberships m join app.role_permissions p on p.role = m.role and not p.reserved
		where m.entity_id = judge_changes.entity and m.user_id = me
		group by m.domains;
	return (
		select array_agg(row(c.place, c.change, c.id, c.domain, c.base, c.state, c.generation, c.body, case
			when c.change is null or c.id is null or c.domain is null or c.base is null or c.base < 0
				or c.state is null or c.state not in ('live', 'bin', 'purged') or c.body is null then 'invalid'
			when c.domain <> all (open) or r.domain <> c.domain then 'denied'
			when octet_length(c.body) > 262144 then 'too-large'
			when not app.is_sealed(c.body) then 'invalid'
			when r.change_id = c.change or h.change_id = c.change then 'accepted'
			when app.permission_to_change(c.domain, r.state, c.state) <> all (allowed)
				or (c.domain = 'chat' and r.author <> me) then 'denied'
			when r.id is null and c.base > 0 then 'invalid'
			when r.rev <> c.base then 'conflict'
			when c.generation is distinct from d.generation then case
				when coalesce(c.generation, 0) < d.generation then 'stale-generation' else 'invalid' end
			when r.id is null then 'insert'
			else 'update'
			end,
			coalesce(h.rev, r.rev, 0), coalesce(h.seq, r.seq, 0))::app_private.change)
		from unnest(changes) c
		left join public.heads d on d.entity_id = judge_changes.entity and d.domain = c.domain
		left join public.records r on r.entity_id = judge_changes.entity and r.id = c.id
		left join public.record_history h on h.entity_id = judge_changes.entity and h.id = c.id
			and h.change_id = c.change and r.change_id <> c.change
	);
end
$$;

-- Writes what was judged 'insert' or 'update' and gives the answers, by place. What lost to a direct write that holds no
-- head yet is answered as a conflict.
create function app.write_changes(entity uuid, me uuid, changes app_private.change[]) returns json[]
	language plpgsql set search_path = '' as $$
declare
	ids uuid[];
	seqs bigint[];
	more_ids uuid[];
	more_seqs bigint[];
begin
	with put as (
		insert into public.records
			(entity_id, id, domain, rev, seq, generation, state, change_id, author, created_at, updated_at, body)
		select write_changes.entity, c.id, c.domain, 1, 1, c.generation, c.state, c.change, me, now(), now(), c.body
		from unnest(changes) c where c.verdict = 'insert' order by c.domain, c.place
		on conflict do nothing
		returning id, seq
	)
	select array_agg(p.id), array_agg(p.seq) into ids, seqs from put p;

	if exists (select from unnest(changes) c where c.verdict = 'update') then
		with put as (
			update public.records r
			set rev = c.base + 1, state = c.state, generation = c.generation, change_id = c.change, body = c.body
			from unnest(changes) c
			where c.verdict = 'update' and r.entity_id = write_changes.entity and r.id = c.id and r.rev = c.base
			returning r.id, r.seq
		)
		select array_agg(p.id), array_agg(p.seq) into more_ids, more_seqs from put p;
	end if;

	return (
		select array_agg(case
			when c.verdict = 'accepted'
				then json_build_object('id', c.id, 'status', 'accepted', 'rev', c.rev::text, 'seq', c.seq::text)
			when p.seq is not null
				then json_build_object('id', c.id, 'status', 'accepted', 'rev', (c.base + 1)::text, 'seq', p.seq::text)
			when c.verdict in ('conflict', 'insert', 'update') then json_build_object('id', c.id, 'status', 'conflict',
				'current', (
					select app.record_json(r) from public.records r
					where r.entity_id = write_changes.entity and r.id = c.id
				))
			else json_build_object('id', c.id, 'status', c.verdict, 'detail', c.verdict)
			end order by c.place)
		from unnest(changes) c
		left join unnest(ids || more_ids, seqs || more_seqs) p (id, seq) on p.id = c.id
	);
end
$$;

create function public.push_records(entity uuid, changes jsonb) returns json
	language plpgsql security definer set search_path = '' as $$
declare
	me uuid := app.require('entity.view', entity);
	asked app_private.change[];
begin
	asked := app.read_changes(changes);
	perform from public.heads h
		where h.entity_id = push_records.entity and h.domain in (select c.domain from unnest(asked) c)
		order by h.domain for update;
	return to_json(app.write_changes(entity, me, app.judge_changes(entity, me, asked)));
end
$$;
