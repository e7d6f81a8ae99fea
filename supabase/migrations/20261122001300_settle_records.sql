-- When a statement that wrote records ends: heads move on, rights and generations are checked, earlier bodies are kept,
-- quotas are counted. One pass over all rows of the statement; any refusal takes the whole statement back.

-- Moves the heads to the highest number that was given out. Under the row's lock every number must lie above the one the
-- head shows: numbers not drawn under the lock, or from a forged setting, fail here.
create function app.advance_head(entity uuid, domain text, lowest bigint, highest bigint, counted bigint) returns void
	language plpgsql set search_path = '' as $$
begin
	update public.heads h set seq = highest
		where h.entity_id = entity and h.domain = advance_head.domain
			and h.seq < lowest and highest - h.seq between counted and counted + 1000000;
	if not found then
		raise sqlstate '40001' using message = 'The order of changes moved meanwhile.';
	end if;
	perform set_config('arca.place', '', true), set_config('arca.step', '', true);
end
$$;

create function app.permission_to_change(domain text, was text, becomes text) returns text
	language sql immutable parallel safe
	return case
		when becomes = 'purged' then 'records.delete'
		when domain = 'chat' then 'chat.post'
		when was is null then 'records.create'
		when was = 'purged' or (was = 'bin' and becomes = 'live') then 'records.restore'
		else 'records.edit'
	end;
comment on function app.permission_to_change(text, text, text) is 'The permission that a change of state needs; was is null for a new record.';

create function app.count_usage(entity uuid, more_rows bigint, more_bytes bigint) returns void
	language plpgsql set search_path = '' as $$
declare
	kept app_private.usage;
begin
	update app_private.usage u set rows = u.rows + more_rows, bytes = u.bytes + more_bytes
		where u.entity_id = entity returning * into kept;
	if (more_rows > 0 and kept.rows > app.limit_of('rows_per_entity'))
		or (more_bytes > 0 and kept.bytes > app.limit_of('bytes_per_entity')) then
		raise sqlstate 'PT413' using message = 'This entity is full.';
	end if;
end
$$;

create function app.settle_new_records() returns trigger
	language plpgsql security definer set search_path = '' as $$
declare
	part record;
	me uuid := auth.uid();
begin
	for part in
		select n.entity_id, n.domain, n.generation, min(n.seq) as lowest, max(n.seq) as highest, count(*) as counted,
			sum(octet_length(n.body)) as bytes,
			bool_or(n.state <> 'purged') as creates, bool_or(n.state = 'purged') as purges,
			bool_and(n.rev = 1 and n.author = me and n.created_at = now() and n.updated_at = now()) as stamped
		from added n group by n.entity_id, n.domain, n.generation
	loop
		-- What went past the stamp says of itself what the stamp would have said. Without a person nothing is added.
		if part.stamped is not true then
			raise sqlstate 'PT409' using message = 'A new record has its first revision, its author and its times.';
		end if;
		if part.creates and not app.has_permission(
				app.permission_to_change(part.domain, null, 'live'), part.entity_id, part.domain)
			or part.purges and not app.has_permission(
				app.permission_to_change(part.domain, null, 'purged'), part.entity_id, part.domain) then
			raise sqlstate '42501' using message = 'You may not create this record.';
		end if;
		if not exists (
			select from public.heads h where h.entity_id = part.entity_id and h.domain = part.domain
				and h.generation is not distinct from part.generation
		) then
			raise sqlstate 'PT409' using message = 'The generation is not the current one.', detail = 'stale-generation';
		end if;
		perform app.advance_head(part.entity_id, part.domain, part.lowest, part.highest, part.counted);
		perform app.count_usage(part.entity_id, part.counted, part.bytes);
	end loop;
	return null;
end
$$;
create trigger settle_new after insert on public.records
	referencing new table as added for each statement execute function app.settle_new_records();

revoke execute on function app.advance_head(uuid, text, bigint, bigint, bigint),
	app.permission_to_change(text, text, text), app.count_usage(uuid, bigint, bigint), app.settle_new_records()
	from public, anon, authenticated;
