-- The bodies a record had before, for 30 days.
create table public.record_history (
	entity_id uuid not null,
	id uuid not null,
	domain text not null,
	rev bigint not null,
	seq bigint not null,
	generation integer,
	state text not null,
	change_id uuid not null,
	author uuid not null,
	updated_at timestamptz not null,
	replaced_at timestamptz not null default now(),
	body text not null,
	primary key (entity_id, id, rev)
);
create index record_history_by_age on public.record_history (replaced_at);

comment on table public.record_history is 'Earlier bodies of records, for 30 days. Written by triggers only.';
comment on column public.record_history.entity_id is 'internal: whose it is';
comment on column public.record_history.id is 'internal: the record';
comment on column public.record_history.domain is 'internal: the domain of the record';
comment on column public.record_history.rev is 'internal: the revision';
comment on column public.record_history.seq is 'internal: its place in the order of changes then';
comment on column public.record_history.generation is 'internal: generation of the domain key, null without a user layer';
comment on column public.record_history.state is 'internal: live, bin or purged';
comment on column public.record_history.change_id is 'internal: the change that made the revision';
comment on column public.record_history.author is 'internal: who wrote the revision';
comment on column public.record_history.updated_at is 'internal: when the revision was written';
comment on column public.record_history.replaced_at is 'internal: when the next revision took its place';
comment on column public.record_history.body is 'highly sensitive: the sealed record as it was';
