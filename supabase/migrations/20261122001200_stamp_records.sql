-- Whoever writes a record, and by whatever way: sequence, author and times are set here, the key and the domain are
-- frozen, and a revision follows its predecessor. Only new records that the owner's own functions add bring theirs along,
-- numbered in one go; they are held against the same rules when the statement ends (app.settle_new_records).

-- A body sealed anew under a newer generation of its domain key: the same record, number and author.
create function app.is_reseal(was public.records, becomes public.records) returns boolean
	language sql immutable
	return becomes.rev = was.rev and becomes.state = was.state and becomes.body is not null
		and becomes.generation is not null and becomes.generation > coalesce(was.generation, 0);

-- An operator's connection has no person: it may put another system key under a body and nothing else.
create function app.is_system_reseal(was public.records, becomes public.records) returns boolean
	language sql stable
	return auth.uid() is null and becomes.rev = was.rev and becomes.state = was.state
		and becomes.generation is not distinct from was.generation
		and left(becomes.body, 8) <> left(was.body, 8);

-- What lay in the bin for 30 days may be purged by anybody's sweep; its author stays.
create function app.is_due_purge(was public.records, becomes public.records) returns boolean
	language sql stable
	return was.state = 'bin' and becomes.state = 'purged' and becomes.body is null
		and was.updated_at < now() - interval '30 days';

-- Puts the row in the order of changes, under the lock of its head. The head is locked and read once for a run of rows of
-- one place; what was given out since is kept in settings of the transaction, and the head is written when the statement
-- ends. There (app.advance_head) every number is held against the locked head, so that a forged setting only fails.
create function app.stamp_record() returns trigger
	language plpgsql security definer set search_path = '' as $$
declare
	here text;
	held text;
	step bigint;
	base bigint;
begin
	if tg_op = 'INSERT' then
		if new.rev <> 1 then
			raise sqlstate 'PT409' using message = 'The first revision is 1.';
		end if;
		new.created_at := now();
		new.author := auth.uid();
		-- This runs before the policies. Whoever may not write here hears one and the same, whether the entity exists or not
		-- and whether they are in it, and holds up nobody by the head's lock. (permission_to_change stands in the next file.)
		if current_setting('arca.place', true) is distinct from new.entity_id::text || new.domain and (
			not app.session_ok() or not app.has_permission(
				app.permission_to_change(new.domain, null, new.state), new.entity_id, new.domain
			)
		) then
			raise sqlstate '42501' using message = 'You may not create this record.';
		end if;
	else
		if new.entity_id <> old.entity_id or new.id <> old.id or new.domain <> old.domain then
			raise sqlstate 'PT409' using message = 'A record stays where it is.';
		end if;
		new.created_at := old.created_at;
		if app.is_reseal(old, new) or app.is_system_reseal(old, new) then
			new.seq := old.seq;
			new.author := old.author;
			new.change_id := old.change_id;
			new.updated_at := old.updated_at;
			return new;
		end if;
		if new.rev <> old.rev + 1 or new.change_id = old.change_id then
			raise sqlstate 'PT409' using message = 'A revision follows the one before it, by a change of its own.';
		end if;
		new.author := case when app.is_due_purge(old, new) then old.author else auth.uid() end;
	end if;
	new.updated_at := now();

	here := new.entity_id::text || new.domain;
	step := coalesce(nullif(current_setting('arca.step', true), ''), '0')::bigint + 1;
	if current_setting('arca.place', true) = here then
		base := current_setting('arca.base', true)::bigint;
	else
		select h.seq into base from public.heads h
			where h.entity_id = new.entity_id and h.domain = new.domain for update;
		if base is null then
			raise sqlstate '23503' using message = 'There is no such entity or domain.';
		end if;
		perform set_config('arca.place', here, true), set_config('arca.base', base::text, true);
	end if;
	-- An assignment, not a query of its own as perform would be: this runs for every row.
	held := set_config('arca.step', step::text, true);
	new.seq := base + step;
	return new;
end
$$;

create trigger stamp_changed before update on public.records
	for each row execute function app.stamp_record();

-- Called for every row this costs as much as the rest of a push, so it is not where the current role is the owner's: a
-- role that nobody comes to hold but inside the owner's definer functions, and that no setting or token can name.
do $$
begin
	execute format('create trigger stamp_new before insert on public.records
		for each row when (current_user <> %L) execute function app.stamp_record()', current_user);
end
$$;

revoke execute on function app.stamp_record(), app.is_reseal(public.records, public.records),
	app.is_system_reseal(public.records, public.records), app.is_due_purge(public.records, public.records)
	from public, anon, authenticated;
