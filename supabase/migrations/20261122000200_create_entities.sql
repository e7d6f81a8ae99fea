-- An entity is whose things they are: a person, a household, a pet, a company, a property, a vehicle.
create table public.entities (
	id uuid primary key,
	kind text not null check (kind in ('person', 'household', 'pet', 'company', 'property', 'vehicle')),
	rev bigint not null default 1 check (rev >= 1),
	body text not null check (body ~ '^AV[M-P][A-Za-z0-9_-]+$' and octet_length(body) between 46 and 262144),
	epoch uuid not null default gen_random_uuid(),
	restored_from timestamptz,
	avatar uuid,
	created_by uuid not null references auth.users (id) on delete restrict,
	created_at timestamptz not null default now(),
	updated_at timestamptz not null default now()
);
create index entities_by_creator on public.entities (created_by);
comment on table public.entities is 'Whose things they are. Changed by functions only.';
comment on column public.entities.id is 'internal: drawn by the database, never used again';
comment on column public.entities.kind is 'internal: person, household, pet, company, property or vehicle';
comment on column public.entities.rev is 'internal: revision of the body, from 1';
comment on column public.entities.body is 'highly sensitive: name and identifying fields, sealed by the system layer';
comment on column public.entities.epoch is 'internal: changed by a restore from backup, so that clients pull from zero';
comment on column public.entities.restored_from is
	'internal: when the backup was made that the entity was restored from, null if it never was';
comment on column public.entities.avatar is 'internal: its picture, an object of the bucket plain; null without one';
comment on column public.entities.created_by is 'internal: who created it';
comment on column public.entities.created_at is 'internal: when it was created';
comment on column public.entities.updated_at is 'internal: when its body last changed';

-- The id is part of what the server authenticates when it seals, so it must be known before the entity exists. It comes
-- from the database, belongs to the one who drew it, and a used one stays here for ever: an id that came back would let
-- an old body open in a new entity.
create table app_private.drawn_ids (
	id uuid primary key default gen_random_uuid(),
	drawn_by uuid references auth.users (id) on delete set null,
	drawn_at timestamptz not null default now(),
	used_at timestamptz
);
create index on app_private.drawn_ids (drawn_by, drawn_at);
comment on table app_private.drawn_ids is 'Ids of entities: drawn by one person, used once.';
comment on column app_private.drawn_ids.id is 'internal: the id';
comment on column app_private.drawn_ids.drawn_by is 'internal: the only one who may use it';
comment on column app_private.drawn_ids.drawn_at is 'internal: when it was drawn';
comment on column app_private.drawn_ids.used_at is 'internal: when an entity was created with it, null until then';
