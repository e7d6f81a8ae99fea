-- A push of a body under an older key, or none, is told the generation that the domain has now; and a body is put under
-- a newer key, at the same revision and without an earlier body being kept, by those alone who may rotate keys.

-- The answers, in the order of the changes. Together they hold 8 MiB of current bodies at most: a conflict whose current
-- record has no room any more is told to come again with fewer others, and nothing of it was written.
create or replace function app.answer_changes(entity uuid, changes app_private.change[], done app_private.outcome[]) returns json
	language plpgsql stable set search_path = '' as $$
declare
	most_bytes constant integer := 8 * 1024 * 1024;
begin
	return (
		with met as (
			select c.place, c.change, c.id, c.domain, c.base, c.verdict, d.rev, d.seq,
				sum(case when c.verdict in ('conflict', 'update') and d.seq is null then (
					select octet_length(r.body) from public.records r
					where r.entity_id = answer_changes.entity and r.id = c.id
				) end) over (order by c.place) as bytes
			from unnest(changes) c
			left join unnest(done) d on d.change = c.change and d.id = c.id
		)
		select coalesce(json_agg(case
			when m.seq is not null
				then json_build_object('id', m.id, 'status', 'accepted', 'rev', m.rev::text, 'seq', m.seq::text)
			when m.verdict = 'accepted' then (
				select json_build_object('id', m.id, 'status', 'accepted', 'rev', x.rev::text, 'seq', x.seq::text)
				from (
					select r.rev, r.seq from public.records r
					where r.entity_id = answer_changes.entity and r.id = m.id and r.change_id = m.change
					union all
					select h.rev, h.seq from public.record_history h
					where h.entity_id = answer_changes.entity and h.id = m.id and h.rev = m.base + 1
						and h.change_id = m.change
					limit 1
				) x
			)
			when m.verdict in ('conflict', 'update') and m.bytes > most_bytes then json_build_object('id', m.id,
				'status', 'invalid', 'detail', 'It met another revision, and the answer is full: send it again in a smaller push.')
			when m.verdict in ('conflict', 'update')
				then json_build_object('id', m.id, 'status', 'conflict', 'current', (
					select app.record_json(r) from public.records r
					where r.entity_id = answer_changes.entity and r.id = m.id
				))
			when m.verdict = 'crowded' then json_build_object('id', m.id, 'status', 'invalid', 'detail',
				'One push changes a record 16 times at most: send it again in the next one.')
			when m.verdict = 'stale-generation' then json_build_object('id', m.id, 'status', m.verdict, 'generation', (
				select h.generation from public.heads h
				where h.entity_id = answer_changes.entity and h.domain = m.domain
			))
			else json_build_object('id', m.id, 'status', m.verdict)
			end order by m.place), '[]')
		from met m
	);
end
$$;

create or replace function app.settle_changed_records() returns trigger
	language plpgsql security definer set search_path = '' as $$
declare
	part record;
	freed bigint;
begin
	if exists (
		select from (
			select distinct n.entity_id, n.domain, o.state as was, n.state as becomes, n.rev = o.rev as is_reseal,
				n.domain = 'chat' and n.rev > o.rev and o.author is distinct from auth.uid() as of_another
			from changed n join before o on o.entity_id = n.entity_id and o.id = n.id
			where not app.is_system_reseal(o, n) and not app.is_due_purge(o, n)
		) act
		where act.of_another or not app.has_permission(case when act.is_reseal then 'keys.rotate'
			else app.permission_to_change(act.domain, act.was, act.becomes) end, act.entity_id, act.domain
		)
	) then
		raise sqlstate '42501' using message = 'You may not change this record.';
	end if;
	if exists (
		select from changed n join before o on o.entity_id = n.entity_id and o.id = n.id
		join public.heads h on h.entity_id = n.entity_id and h.domain = n.domain
		where n.generation is distinct from h.generation
			and not app.is_system_reseal(o, n) and not app.is_due_purge(o, n)
	) then
		raise sqlstate 'PT409' using message = 'The generation is not the current one.', detail = 'stale-generation';
	end if;
	for part in
		select n.entity_id, n.domain, min(n.seq) as lowest, max(n.seq) as highest, count(*) as counted
		from changed n join before o on o.entity_id = n.entity_id and o.id = n.id
		where n.rev > o.rev group by n.entity_id, n.domain
	loop
		perform app.advance_head(part.entity_id, part.domain, part.lowest, part.highest, part.counted);
	end loop;
	insert into public.record_history
		(entity_id, id, domain, rev, seq, generation, state, change_id, author, updated_at, body)
	select o.entity_id, o.id, o.domain, o.rev, o.seq, o.generation, o.state, o.change_id, o.author, o.updated_at, o.body
	from before o join changed n on n.entity_id = o.entity_id and n.id = o.id
	where n.rev > o.rev and n.state <> 'purged' and o.body is not null;
	for part in
		select n.entity_id, bool_or(n.state = 'purged') as purges, sum(
			coalesce(octet_length(n.body), 0)
			- case when n.rev > o.rev and n.state <> 'purged' then 0 else coalesce(octet_length(o.body), 0) end
		) as bytes
		from changed n join before o on o.entity_id = n.entity_id and o.id = n.id
		group by n.entity_id
	loop
		freed := 0;
		if part.purges then
			with gone as (
				delete from public.record_history r using changed n
				where n.state = 'purged' and n.entity_id = part.entity_id
					and r.entity_id = n.entity_id and r.id = n.id
				returning octet_length(r.body) as bytes
			)
			select coalesce(sum(gone.bytes), 0) into freed from gone;
		end if;
		perform app.count_usage(part.entity_id, 0, part.bytes - freed);
	end loop;
	return null;
end
$$;
