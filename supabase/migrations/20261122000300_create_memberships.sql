-- Who is in an entity, with which role, and which domains it opens for them.
create table public.memberships (
	entity_id uuid not null references public.entities (id) on delete restrict,
	user_id uuid not null references auth.users (id) on delete restrict,
	role text not null check (role in ('owner', 'administrator', 'analyst', 'member', 'viewer')),
	domains text[] not null check (
		domains <@ array['health', 'finances', 'administration', 'chat'] and array_position(domains, null) is null
	),
	created_at timestamptz not null default now(),
	primary key (entity_id, user_id),
	check (role <> 'owner' or domains @> array['health', 'finances', 'administration', 'chat'])
);
create index memberships_of_a_person on public.memberships (user_id) include (entity_id, role, domains);
comment on table public.memberships is 'Who is in an entity. Changed by functions only.';
comment on column public.memberships.entity_id is 'internal: the entity';
comment on column public.memberships.user_id is 'internal: the member';
comment on column public.memberships.role is 'internal: owner, administrator, analyst, member or viewer';
comment on column public.memberships.domains is 'internal: the domains that are open to the member; an owner has all four';
comment on column public.memberships.created_at is 'internal: since when';
