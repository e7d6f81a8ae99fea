-- Everything a person keeps is a record. The key begins with the entity: an id alone would tell a stranger what exists.
create table public.records (
	entity_id uuid not null,
	id uuid not null,
	domain text not null check (domain in ('health', 'finances', 'administration', 'chat')),
	rev bigint not null check (rev >= 1),
	seq bigint not null check (seq >= 1),
	generation integer check (generation >= 1),
	state text not null default 'live' check (state in ('live', 'bin', 'purged')),
	change_id uuid not null,
	author uuid not null,
	created_at timestamptz not null,
	updated_at timestamptz not null,
	body text check (body ~ '^AV[M-P][A-Za-z0-9_-]+$' and octet_length(body) between 46 and 262144),
	primary key (entity_id, id),
	check (body is not null or state = 'purged')
);
-- Unique, so that no trigger and nobody can ever give a number twice.
create unique index records_in_order on public.records (entity_id, domain, seq);
create index records_in_the_bin on public.records (updated_at) where state = 'bin';

comment on table public.records is 'What a person keeps, sealed. Sequence, author and times are set by triggers.';
comment on column public.records.entity_id is 'internal: whose it is; never changes';
comment on column public.records.id is 'internal: drawn by the client, unique in the entity; never changes';
comment on column public.records.domain is 'internal: health, finances, administration or chat; never changes';
comment on column public.records.rev is 'internal: revision, from 1';
comment on column public.records.seq is 'internal: place in the order of changes of its domain';
comment on column public.records.generation is 'internal: generation of the domain key, null without a user layer';
comment on column public.records.state is 'internal: live, bin or purged; a hint, the truth is inside the body';
comment on column public.records.change_id is 'internal: the change that made this revision; sent again it is answered as before';
comment on column public.records.author is 'internal: who wrote this revision';
comment on column public.records.created_at is 'internal: when the first revision was written';
comment on column public.records.updated_at is 'internal: when this revision was written';
comment on column public.records.body is 'highly sensitive: the sealed record; null once a binned record was swept';
