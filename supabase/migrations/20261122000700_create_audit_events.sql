-- What happened, per entity and per account, in chains: each event holds the hash of the one before it.
create table public.audit_events (
	scope text not null check (scope in ('entity', 'account')),
	subject uuid not null,
	number bigint not null,
	at timestamptz not null,
	actor uuid,
	session_id uuid,
	action text not null check (action ~ '^[a-z_]+(\.[a-z_]+)+$'),
	object_id uuid,
	domain text check (domain in ('health', 'finances', 'administration', 'chat')),
	previous text not null,
	hash text not null,
	primary key (scope, subject, number)
);
comment on table public.audit_events is 'What happened, never what it was about. Cannot be changed.';
comment on column public.audit_events.scope is 'internal: entity or account';
comment on column public.audit_events.subject is 'internal: id of the entity or of the account';
comment on column public.audit_events.number is 'internal: place in the chain, from 1, without gaps';
comment on column public.audit_events.at is 'internal: when';
comment on column public.audit_events.actor is 'internal: who did it, null for the operator';
comment on column public.audit_events.session_id is 'internal: in which session';
comment on column public.audit_events.action is 'internal: what was done';
comment on column public.audit_events.object_id is 'internal: to what';
comment on column public.audit_events.domain is 'internal: in which domain, null if in none';
comment on column public.audit_events.previous is 'internal: hash of the event before it, empty for the first';
comment on column public.audit_events.hash is 'internal: SHA-256 over all that precedes, in hex';

create table app_private.audit_heads (
	scope text not null,
	subject uuid not null,
	number bigint not null default 0,
	hash text not null default '',
	primary key (scope, subject)
);
comment on table app_private.audit_heads is 'The last event of each chain; its lock puts the writers in a row.';
comment on column app_private.audit_heads.scope is 'internal: entity or account';
comment on column app_private.audit_heads.subject is 'internal: id of the entity or of the account';
comment on column app_private.audit_heads.number is 'internal: number of the last event';
comment on column app_private.audit_heads.hash is 'internal: hash of the last event';

create function app.audit_hash(event public.audit_events) returns text
	language sql stable set search_path = '' as $$
	select encode(sha256(convert_to(concat_ws('|',
		event.scope, event.subject, event.number,
		to_char(event.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
		coalesce(event.actor::text, '-'), coalesce(event.session_id::text, '-'), event.action,
		coalesce(event.object_id::text, '-'), coalesce(event.domain, '-'), event.previous
	), 'UTF8')), 'hex')
$$;
comment on function app.audit_hash(public.audit_events) is 'Hash of one event; no field can hold the separator.';

create function app.chain_audit_event() returns trigger
	language plpgsql security definer set search_path = '' as $$
declare
	head app_private.audit_heads;
begin
	insert into app_private.audit_heads (scope, subject) values (new.scope, new.subject) on conflict do nothing;
	select * into head from app_private.audit_heads h
		where h.scope = new.scope and h.subject = new.subject for update;
	new.number := head.number + 1;
	new.previous := head.hash;
	new.at := clock_timestamp();
	new.actor := auth.uid();
	new.session_id := (auth.jwt() ->> 'session_id')::uuid;
	new.hash := app.audit_hash(new);
	update app_private.audit_heads h set number = new.number, hash = new.hash
		where h.scope = new.scope and h.subject = new.subject;
	return new;
end
$$;
create trigger chain_the_event before insert on public.audit_events
	for each row execute function app.chain_audit_event();

create function app.note_audit(scope text, subject uuid, action text, object uuid default null, domain text default null)
	returns void language sql security definer set search_path = '' as $$
	insert into public.audit_events (scope, subject, action, object_id, domain)
		values (note_audit.scope, note_audit.subject, note_audit.action, note_audit.object, note_audit.domain)
$$;
comment on function app.note_audit(text, uuid, text, uuid, text) is 'Writes one event; called inside the function that acts.';

revoke execute on function app.audit_hash(public.audit_events), app.chain_audit_event(),
	app.note_audit(text, uuid, text, uuid, text) from public, anon, authenticated;
