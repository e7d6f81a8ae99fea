-- Judges the changes that are still open against what is stored. The heads are locked, so it still holds when it is
-- written. 'update' is what may be written; 'accepted' was written before, as the current revision or an earlier one. A
-- change makes the revision after its base, so an earlier one is looked up by its key and not among all there are.
create function app.judge_changes(
	entity uuid, me uuid, allowed text[], heads public.heads[], changes app_private.change[]
) returns app_private.change[]
	language plpgsql set search_path = '' as $$
begin
	return (
		select array_agg(row(c.place, c.change, c.id, c.domain, c.base, c.state, c.generation, c.body, case
			when r.domain <> c.domain then 'denied'
			when r.change_id = c.change or r.id is not null and exists (
				select from public.record_history h
				where h.entity_id = judge_changes.entity and h.id = c.id and h.rev = c.base + 1 and h.change_id = c.change
			) then 'accepted'
			when app.permission_to_change(c.domain, r.state, c.state) <> all (allowed)
				or (c.domain = 'chat' and r.author <> me) then 'denied'
			when r.id is null and c.base > 0 then 'invalid'
			when r.rev <> c.base then 'conflict'
			-- Of a later one too: a restore may have set the head back, and then the change waits for the rosters to come back.
			when c.generation is distinct from d.generation then 'stale-generation'
			when r.id is null then 'conflict'
			else 'update'
			end)::app_private.change)
		from unnest(changes) c
		left join unnest(heads) d on d.domain = c.domain
		left join public.records r on r.entity_id = judge_changes.entity and r.id = c.id
	);
end
$$;

-- Writes what may be written; of several that follow the same revision the first.
create function app.change_records(entity uuid, changes app_private.change[]) returns app_private.outcome[]
	language plpgsql set search_path = '' as $$
declare
	done app_private.outcome[];
begin
	with put as (
		update public.records r
		set rev = c.base + 1, state = c.state, generation = c.generation, change_id = c.change, body = c.body
		from (
			select distinct on (w.id) w.* from unnest(changes) w where w.verdict = 'update' order by w.id, w.place
		) c
		where r.entity_id = change_records.entity and r.id = c.id and r.rev = c.base
		returning r.change_id, r.id, r.rev, r.seq
	)
	select array_agg(row(p.change_id, p.id, p.rev, p.seq)::app_private.outcome) into done from put p;
	return done;
end
$$;

-- The answers, in the order of the changes. Together they hold 8 MiB of current bodies at most: a conflict whose current
-- record has no room any more is told to come again with fewer others, and nothing of it was written.
create function app.answer_changes(entity uuid, changes app_private.change[], done app_private.outcome[]) returns json
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

-- Judges and writes the open changes, and again those that follow a revision which was made by this very push. Each pass
-- takes the next change of each record, hence as many passes as a push may change one record.
create function app.chain_changes(
	entity uuid, me uuid, allowed text[], heads public.heads[], changes app_private.change[],
	out done app_private.outcome[], out judged app_private.change[]
)
	language plpgsql set search_path = '' as $$
declare
	most_passes constant integer := 16;
	open app_private.change[];
	ready app_private.change[];
	waiting app_private.change[];
	more app_private.outcome[];
begin
	select array_agg(c) filter (where c.verdict is null), array_agg(c) filter (where c.verdict is not null)
		into ready, judged from unnest(changes) c;
	for pass in 1..most_passes loop
		ready := app.judge_changes(entity, me, allowed, heads, ready);
		more := app.change_records(entity, ready);
		done := done || more;
		-- A change that follows what was made now is judged in the next pass, one that follows a later revision waits on.
		open := ready || waiting;
		select array_agg(c) filter (where c.base = d.rev and c.verdict = 'conflict'),
			array_agg(c) filter (where c.base > d.rev and c.verdict = 'conflict'),
			judged || array_agg(c) filter (where d.rev is null or c.base < d.rev or c.verdict <> 'conflict')
		into ready, waiting, judged
		from unnest(open) c left join unnest(more) d on d.id = c.id;
		exit when ready is null;
	end loop;
	-- What follows a record that took all its turns is for another push; what waits for a revision that nobody made here
	-- is in conflict.
	judged := judged || (
		select array_agg(row(c.place, c.change, c.id, c.domain, c.base, c.state, c.generation, c.body, case
			when exists (select from unnest(ready) x where x.id = c.id) then 'crowded' else c.verdict
			end)::app_private.change)
		from unnest(ready || waiting) c
	);
end
$$;

create function public.push_records(entity uuid, changes json) returns json
	language plpgsql security definer set search_path = '' as $$
declare
	me uuid := app.require('entity.view', entity);
	asked app_private.change[];
	added bigint;
	answers json;
	heads public.heads[];
	allowed text[];
	done app_private.outcome[];
	names_contents boolean;
begin
	-- Some interfaces before the database hand JSON on as a text that holds it.
	if json_typeof(changes) = 'string' then
		changes := changes #>> '{}';
	end if;
	if json_typeof(changes) = 'array' then
		asked := app.read_changes(entity, me, changes);
	end if;
	if coalesce(cardinality(asked), 1001) > 1000 then
		raise sqlstate 'PT400' using message = 'changes must be a list of at most 1000.';
	end if;
	names_contents := strpos(changes::text, '"content"') > 0;
	select x.added, x.answers into added, answers from app.add_at_once(entity, me, asked) x;
	if added = cardinality(asked) then
		if names_contents then
			perform app.link_contents(entity, changes);
		end if;
		return answers;
	end if;
	heads := app.hold_heads(entity, asked);
	allowed := app.permissions_of(entity, me);
	-- Read again, for a domain may have been closed to the caller while the heads were waited for.
	asked := app.fit_changes(entity, app.refuse_unsealed(app.read_changes(entity, me, changes)));
	if added is null then
		perform app.add_records(entity, me, allowed, heads, asked);
	end if;
	select x.done, x.judged into done, asked from app.chain_changes(entity, me, allowed, heads, asked) x;
	if names_contents then
		perform app.link_contents(entity, changes);
	end if;
	return app.answer_changes(entity, asked, done);
end
$$;
comment on function public.push_records(uuid, json) is
	'Writes up to 1,000 changes, a verdict each and in order; a record that exists is changed 16 times at most. Raises PT400, PT401, PT403.';
