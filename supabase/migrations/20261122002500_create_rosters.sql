-- The signed rosters of an entity, a chain, and the grants of its domain keys. The database checks what it can; whether a
-- signature holds and a key is the right one is decided in the browser.
alter table public.heads add column oldest integer check (oldest >= 0);
alter table public.heads add check ((generation is null) = (oldest is null) and oldest <= generation);
comment on column public.heads.oldest is
	'internal: the oldest generation that is read; 0 while bodies without a user layer are, null where there is none';

create table public.rosters (
	entity_id uuid not null references public.entities (id) on delete restrict,
	epoch integer not null check (epoch >= 1),
	counter bigint not null check (counter >= 1),
	bytes text not null check (bytes ~ '^[A-Za-z0-9_-]+$' and octet_length(bytes) <= 174763),
	hash text not null,
	signature text not null check (app.is_bytes(signature, 64)),
	signer uuid not null references auth.users (id) on delete restrict,
	at timestamptz not null default now(),
	primary key (entity_id, epoch, counter)
);
comment on table public.rosters is 'Who is in an entity and which keys its domains have, signed; every one that ever was.';
comment on column public.rosters.entity_id is 'internal: the entity';
comment on column public.rosters.epoch is 'internal: number of the chain, from 1';
comment on column public.rosters.counter is 'internal: place in the chain, from 1';
comment on column public.rosters.bytes is 'internal: the text of the roster as its signer wrote it';
comment on column public.rosters.hash is 'internal: SHA-256 of those bytes, which the next one names';
comment on column public.rosters.signature is 'internal: the signature over them';
comment on column public.rosters.signer is 'internal: who signed it';
comment on column public.rosters.at is 'internal: when it was posted';

create table public.key_grants (
	entity_id uuid not null references public.entities (id) on delete restrict,
	domain text not null check (domain in ('health', 'finances', 'administration', 'chat')),
	generation integer not null check (generation >= 1),
	member_id uuid not null references auth.users (id) on delete restrict,
	identity text not null check (app.is_bytes(identity, 32)),
	grantor_id uuid not null references auth.users (id) on delete restrict,
	sealed text not null check (app.is_bytes(sealed, 1168)),
	signature text not null check (app.is_bytes(signature, 64)),
	at timestamptz not null default now(),
	primary key (entity_id, domain, generation, member_id, identity, grantor_id)
);
create index key_grants_of_a_person on public.key_grants (member_id, entity_id);
comment on table public.key_grants is 'Domain keys, each sealed to one member. Never changed; deleted when the generation is retired.';
comment on column public.key_grants.entity_id is 'internal: the entity';
comment on column public.key_grants.domain is 'internal: the domain';
comment on column public.key_grants.generation is 'internal: generation of the domain key';
comment on column public.key_grants.member_id is 'internal: whom it is sealed to';
comment on column public.key_grants.identity is 'internal: hash of the identity that the roster gave the member then';
comment on column public.key_grants.grantor_id is 'internal: who sealed it';
comment on column public.key_grants.sealed is 'highly sensitive: the domain key, sealed to the member';
comment on column public.key_grants.signature is 'internal: the signature of the grantor';
comment on column public.key_grants.at is 'internal: when it was given';

-- What a function releases after the wait, and no policy reads before.
create table app_private.emergency_grants (like public.key_grants including constraints);
alter table app_private.emergency_grants add primary key (entity_id, domain, generation, member_id, identity, grantor_id);
alter table app_private.emergency_grants alter column at set default now();
comment on table app_private.emergency_grants is 'Domain keys, each sealed to an emergency contact.';
comment on column app_private.emergency_grants.entity_id is 'internal: the entity';
comment on column app_private.emergency_grants.domain is 'internal: the domain';
comment on column app_private.emergency_grants.generation is 'internal: generation of the domain key';
comment on column app_private.emergency_grants.member_id is 'internal: the emergency contact';
comment on column app_private.emergency_grants.identity is 'internal: hash of the identity that the roster gave the contact then';
comment on column app_private.emergency_grants.grantor_id is 'internal: who sealed it';
comment on column app_private.emergency_grants.sealed is 'highly sensitive: the domain key, sealed to the contact';
comment on column app_private.emergency_grants.signature is 'internal: the signature of the grantor';
comment on column app_private.emergency_grants.at is 'internal: when it was given';

-- Which members stood in a roster or signed one: their identities are needed for as long as the chain is checked.
create table app_private.roster_people (
	entity_id uuid not null references public.entities (id) on delete restrict,
	user_id uuid not null,
	primary key (entity_id, user_id)
);
comment on table app_private.roster_people is 'Which members ever stood in a roster of an entity.';
comment on column app_private.roster_people.entity_id is 'internal: the entity';
comment on column app_private.roster_people.user_id is 'internal: the person';

-- With its entity a roster goes, and a grant with its generation; neither is changed.
create trigger keep before update on public.rosters for each row execute function app.keep_as_it_is();
create trigger keep before update on public.key_grants for each row execute function app.keep_as_it_is();
create trigger keep before update on app_private.emergency_grants
	for each row execute function app.keep_as_it_is();
