-- Events cannot be changed or deleted, whoever asks. The one exception is the operator's retention function, which
-- leaves a note of what it cut, so that the rest of a chain can still be checked from there.
create table app_private.audit_cuts (
	scope text not null,
	subject uuid not null,
	number bigint not null,
	hash text not null,
	cut_at timestamptz not null default now(),
	transaction xid8 not null default pg_current_xact_id(),
	primary key (scope, subject, number)
);
comment on table app_private.audit_cuts is 'Where the retention function cut a chain.';
comment on column app_private.audit_cuts.scope is 'internal: entity or account';
comment on column app_private.audit_cuts.subject is 'internal: id of the entity or of the account';
comment on column app_private.audit_cuts.number is 'internal: number of the last event that was deleted';
comment on column app_private.audit_cuts.hash is 'internal: hash of the last event that was deleted';
comment on column app_private.audit_cuts.cut_at is 'internal: when';
comment on column app_private.audit_cuts.transaction is 'internal: the transaction that may delete those events';

create function app.keep_audit_events() returns trigger
	language plpgsql security definer set search_path = '' as $$
begin
	if tg_op = 'DELETE' and exists (
		select from app_private.audit_cuts c
		where c.scope = old.scope and c.subject = old.subject and c.number >= old.number
			and c.transaction = pg_current_xact_id()
	) then
		return old;
	end if;
	raise sqlstate '55000' using message = 'The audit trail cannot be changed.';
end
$$;
create trigger refuse_changes before update or delete on public.audit_events
	for each row execute function app.keep_audit_events();

-- Whether a chain is whole: the number of the first event that is missing, altered or out of place, null if none is.
create function app_private.broken_audit_event(chain_scope text, chain_subject uuid) returns bigint
	language plpgsql stable set search_path = '' as $$
declare
	event public.audit_events;
	head app_private.audit_heads;
	number bigint;
	hash text;
begin
	select c.number, c.hash into number, hash from app_private.audit_cuts c
		where c.scope = chain_scope and c.subject = chain_subject order by c.number desc limit 1;
	number := coalesce(number, 0);
	hash := coalesce(hash, '');
	for event in select * from public.audit_events e
		where e.scope = chain_scope and e.subject = chain_subject order by e.number
	loop
		if event.number <> number + 1 or event.previous <> hash or event.hash <> app.audit_hash(event) then
			return number + 1;
		end if;
		number := event.number;
		hash := event.hash;
	end loop;
	select * into head from app_private.audit_heads h where h.scope = chain_scope and h.subject = chain_subject;
	return case when coalesce(head.number, 0) <> number or coalesce(head.hash, '') <> hash then number + 1 end;
end
$$;

-- For the operator alone: deletes what is older than a moment, always keeping the last event of a chain.
create function app_private.cut_audit_events(before timestamptz) returns bigint
	language plpgsql set search_path = '' as $$
declare
	deleted bigint;
begin
	insert into app_private.audit_cuts (scope, subject, number, hash)
	select distinct on (e.scope, e.subject) e.scope, e.subject, e.number, e.hash
	from public.audit_events e
	join app_private.audit_heads h on h.scope = e.scope and h.subject = e.subject and e.number < h.number
	where e.at < before
	order by e.scope, e.subject, e.number desc;
	delete from public.audit_events e using app_private.audit_cuts c
		where c.transaction = pg_current_xact_id()
			and e.scope = c.scope and e.subject = c.subject and e.number <= c.number;
	get diagnostics deleted = row_count;
	return deleted;
end
$$;
revoke execute on function app.keep_audit_events(), app_private.broken_audit_event(text, uuid),
	app_private.cut_audit_events(timestamptz) from public, anon, authenticated;
