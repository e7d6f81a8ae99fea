-- What is due is removed by whoever comes by: called from signed-in requests, at most once a minute, acting on due rows
-- only and on a limited number of them, so that nobody waits long and no scheduler or service key is needed.
create table app_private.sweeps (
	id boolean primary key default true check (id),
	swept_at timestamptz not null default '-infinity'
);
comment on table app_private.sweeps is 'When the last sweep was.';
comment on column app_private.sweeps.id is 'internal: there is one row';
comment on column app_private.sweeps.swept_at is 'internal: when';
insert into app_private.sweeps default values;

create function app.remove_due() returns void
	language plpgsql set search_path = '' as $$
declare
	place record;
begin
	-- Heads before records, in the order in which everybody takes them; what somebody holds waits for the next sweep.
	for place in
		select h.entity_id, h.domain from public.heads h
		where (h.entity_id, h.domain) in (
			select r.entity_id, r.domain from public.records r
			where r.state = 'bin' and r.updated_at < now() - interval '30 days'
			group by r.entity_id, r.domain limit 20
		)
		order by h.entity_id, h.domain for update skip locked
	loop
		update public.records r set state = 'purged', body = null, rev = r.rev + 1, change_id = gen_random_uuid()
			where (r.entity_id, r.id) in (
				select b.entity_id, b.id from public.records b
				where b.entity_id = place.entity_id and b.domain = place.domain
					and b.state = 'bin' and b.updated_at < now() - interval '30 days'
				limit 500
			);
	end loop;

	with gone as (
		delete from public.record_history h
		where (h.entity_id, h.id, h.rev) in (
			select o.entity_id, o.id, o.rev from public.record_history o
			where o.replaced_at < now() - interval '30 days'
			order by o.replaced_at limit 2000 for update skip locked
		)
		returning h.entity_id, octet_length(h.body) as bytes
	), freed as (
		select g.entity_id, sum(g.bytes) as bytes from gone g group by g.entity_id
	)
	update app_private.usage u set bytes = u.bytes - f.bytes from freed f where u.entity_id = f.entity_id;

	delete from app_private.drawn_ids d where d.used_at is null and d.drawn_at < now() - interval '1 day';
end
$$;
comment on function app.remove_due() is 'Purges what lay in the bin, removes earlier bodies and ids that were never used, once due.';

create function app.sweep_due() returns void
	language plpgsql security definer set search_path = '' as $$
begin
	perform from app_private.sweeps s where s.swept_at < now() - interval '1 minute' for update skip locked;
	if not found then
		return;
	end if;
	update app_private.sweeps set swept_at = now();
	-- Whoever comes by wants their own answer: a sweep that fails is told to the log, and tried again a minute later.
	begin
		perform app.remove_due();
		perform app.remove_due_keys();
		perform app.remove_due_contents();
		perform app.settle_sessions();
		perform app.remove_due_steps();
		perform app.remove_due_pins();
		perform app.remove_due_counts();
	exception when others then
		raise warning 'The sweep failed: %', sqlstate;
	end;
end
$$;
comment on function app.sweep_due() is 'Removes what is due, at most once a minute.';

create function app.sweep() returns void
	language plpgsql security definer set search_path = '' as $$
begin
	perform app.note_use();
	perform app.sweep_due();
end
$$;
comment on function app.sweep() is 'Notes that the session is used, and removes what is due, at most once a minute.';
revoke execute on function app.remove_due(), app.sweep_due(), app.sweep() from public, anon, authenticated;
