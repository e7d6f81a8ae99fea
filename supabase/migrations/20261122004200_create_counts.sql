-- Limits that several servers share (ARCA_LIMITS=database). A server has no more rights than who asks it, so it counts by
-- functions that are open to the app's key alone and believe nobody but the server: the proof is over every argument.
-- Whose count it is stands here as an HMAC under a key that the database does not have.
create table app_private.limit_counts (
	key text primary key check (key ~ '^[\w-]{43}$'),
	used bigint not null check (used >= 0),
	until timestamptz not null,
	locked_until timestamptz not null default '-infinity'
);
create index limit_counts_by_end on app_private.limit_counts (until);
comment on table app_private.limit_counts is 'What was used of limits, and attempts at passwords.';
comment on column app_private.limit_counts.key is 'internal: of which limit and whose, by an HMAC';
comment on column app_private.limit_counts.used is 'internal: how much';
comment on column app_private.limit_counts.until is 'internal: when it begins anew';
comment on column app_private.limit_counts.locked_until is 'internal: until when no attempt is taken';

create function public.count_use(key text, amount bigint, seconds integer, proof jsonb) returns json
	language plpgsql security definer set search_path = '' as $$
declare
	kept app_private.limit_counts;
begin
	perform app.take_proof('count', concat_ws('|', 'use', key, amount, seconds), proof);
	perform app.sweep_due();
	if amount > 0 then
		insert into app_private.limit_counts as c (key, used, until)
			values (count_use.key, amount, now() + make_interval(secs => seconds))
		on conflict on constraint limit_counts_pkey do update set
			used = case when c.until > now() then c.used else 0 end + excluded.used,
			until = case when c.until > now() then c.until else excluded.until end
		returning * into kept;
	else
		select * into kept from app_private.limit_counts c where c.key = count_use.key and c.until > now();
	end if;
	return json_build_object('used', coalesce(kept.used, 0),
		'wait', coalesce(ceil(extract(epoch from kept.until - now()) * 1000), 0));
end
$$;
comment on function public.count_use(text, bigint, integer, jsonb) is
	'Adds to a count that begins anew after so many seconds (an amount of 0 reads it); gives what was used and the milliseconds until then. Raises PT403 without the server''s proof.';

create function public.count_attempt(key text, free integer, proof jsonb) returns json
	language plpgsql security definer set search_path = '' as $$
declare
	kept app_private.limit_counts;
	made bigint;
begin
	perform app.take_proof('count', concat_ws('|', 'attempt', key, free), proof);
	-- The row's lock lets one attempt through after another, however many come at once.
	insert into app_private.limit_counts as c (key, used, until) values (count_attempt.key, 0, now() + interval '1 day')
	on conflict on constraint limit_counts_pkey do update set until = c.until
	returning * into kept;
	if kept.locked_until > now() then
		return json_build_object('wait', ceil(extract(epoch from kept.locked_until - now())), 'last', false);
	end if;
	made := case when kept.until > now() then kept.used else 0 end + 1;
	update app_private.limit_counts c set used = made, until = now() + interval '1 day',
			locked_until = case when made < free then '-infinity'
				else now() + least(interval '1 minute' * 2 ^ least(made - free, 6), interval '1 hour') end
		where c.key = count_attempt.key;
	return json_build_object('wait', 0, 'last', made >= free);
end
$$;
comment on function public.count_attempt(text, integer, jsonb) is
	'Counts an attempt before it is made: the seconds for which none is taken (0: this one is) and whether none is after this one. From the attempt after the free ones each locks for twice as long, a minute at first, an hour at last. Raises PT403 without the server''s proof.';

create function public.forget_count(key text, proof jsonb) returns void
	language plpgsql security definer set search_path = '' as $$
begin
	perform app.take_proof('count', concat_ws('|', 'forget', key), proof);
	delete from app_private.limit_counts c where c.key = forget_count.key;
end
$$;
comment on function public.forget_count(text, jsonb) is 'Removes a count. Raises PT403 without the server''s proof.';

create function app.remove_due_counts() returns void
	language plpgsql set search_path = '' as $$
begin
	delete from app_private.limit_counts c where c.key in (
		select d.key from app_private.limit_counts d where d.until < now() order by d.until limit 5000 for update skip locked
	);
end
$$;
comment on function app.remove_due_counts() is 'Removes counts that have ended, a lock with its attempts a day after the last of them.';

revoke execute on function app.remove_due_counts(), public.count_use(text, bigint, integer, jsonb),
	public.count_attempt(text, integer, jsonb), public.forget_count(text, jsonb) from public, anon, authenticated;
grant execute on function public.count_use(text, bigint, integer, jsonb),
	public.count_attempt(text, integer, jsonb), public.forget_count(text, jsonb) to anon;
