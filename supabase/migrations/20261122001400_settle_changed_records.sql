-- The same for changed records. A body sealed anew by the operator, and a purge that is due, are nobody's act and need
-- no right; one put under a newer key of its domain needs the right to rotate keys; in chat everybody changes their own messages only.

create function app.settle_changed_records() returns trigger
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
			update public.contents c set state = 'due', moved_at = now() from changed n
				where n.state = 'purged' and n.entity_id = part.entity_id
					and c.entity_id = n.entity_id and c.file = n.id and c.state <> 'due';
		end if;
		perform app.count_usage(part.entity_id, 0, part.bytes - freed);
	end loop;
	return null;
end
$$;
create trigger settle_changed after update on public.records
	referencing old table as before new table as changed
	for each statement execute function app.settle_changed_records();

revoke execute on function app.settle_changed_records() from public, anon, authenticated;
