-- One row for each domain of each entity. Whoever writes records there holds its lock until the commit, so the sequence
-- numbers become visible in their order and a reader with a cursor never skips a late commit.
create table public.heads (
	entity_id uuid not null references public.entities (id) on delete restrict,
	domain text not null check (domain in ('health', 'finances', 'administration', 'chat')),
	seq bigint not null default 0 check (seq >= 0),
	generation integer check (generation >= 1),
	primary key (entity_id, domain)
);
comment on table public.heads is 'The last sequence number of each domain. Changed by triggers only.';
comment on column public.heads.entity_id is 'internal: the entity';
comment on column public.heads.domain is 'internal: health, finances, administration or chat';
comment on column public.heads.seq is 'internal: the highest sequence number given out';
comment on column public.heads.generation is 'internal: the generation a new body must have, null without a user layer';

-- How much an entity stores, kept by the triggers of records; earlier bodies count as well.
create table app_private.usage (
	entity_id uuid primary key references public.entities (id) on delete restrict,
	rows bigint not null default 0 check (rows >= 0),
	bytes bigint not null default 0 check (bytes >= 0)
);
comment on table app_private.usage is 'How much each entity stores.';
comment on column app_private.usage.entity_id is 'internal: the entity';
comment on column app_private.usage.rows is 'internal: how many records it has';
comment on column app_private.usage.bytes is 'internal: the length of their bodies and earlier bodies together';
