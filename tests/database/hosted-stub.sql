-- What a hosted project has before the first migration, as far as ours lean on it: the roles with their attributes, the
-- schemas auth and storage owned by others, their tables under row level security, and the default privileges.
-- The role that migrates (postgres there, :owner here) is no superuser; it bypasses row level security.
create schema auth authorization supabase_auth_admin;
create schema storage authorization supabase_storage_admin;
create schema extensions;
grant usage on schema auth to postgres_of_hosted, anon, authenticated, service_role;
grant usage on schema storage to postgres_of_hosted, anon, authenticated, service_role;
grant usage, create on schema public to postgres_of_hosted;
grant usage on schema public to anon, authenticated, service_role;

create table auth.users (
	id uuid primary key,
	aud varchar(255),
	role varchar(255),
	email varchar(255),
	encrypted_password varchar(255),
	raw_app_meta_data jsonb,
	raw_user_meta_data jsonb,
	banned_until timestamptz,
	deleted_at timestamptz,
	is_anonymous boolean not null default false,
	created_at timestamptz default now(),
	updated_at timestamptz default now()
);
create table auth.sessions (
	id uuid primary key,
	user_id uuid not null references auth.users (id) on delete cascade,
	created_at timestamptz,
	updated_at timestamptz,
	factor_id uuid,
	aal text,
	not_after timestamptz,
	refreshed_at timestamp without time zone,
	user_agent text,
	ip inet,
	tag text
);
alter table auth.users enable row level security;
alter table auth.sessions enable row level security;
alter table auth.users owner to supabase_auth_admin;
alter table auth.sessions owner to supabase_auth_admin;
grant all on auth.users, auth.sessions to postgres_of_hosted;

create function auth.uid() returns uuid language sql stable as $$
	select coalesce(
		nullif(current_setting('request.jwt.claim.sub', true), ''),
		(nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')
	)::uuid
$$;
create function auth.jwt() returns jsonb language sql stable as $$
	select coalesce(
		nullif(current_setting('request.jwt.claim', true), ''),
		nullif(current_setting('request.jwt.claims', true), '')
	)::jsonb
$$;
alter function auth.uid() owner to supabase_auth_admin;
alter function auth.jwt() owner to supabase_auth_admin;

create table storage.buckets (
	id text primary key,
	name text not null unique,
	owner_id text,
	public boolean default false,
	file_size_limit bigint,
	allowed_mime_types text[],
	created_at timestamptz default now(),
	updated_at timestamptz default now()
);
create table storage.objects (
	id uuid primary key default gen_random_uuid(),
	bucket_id text references storage.buckets (id),
	name text,
	owner_id text,
	metadata jsonb,
	user_metadata jsonb,
	path_tokens text[] generated always as (string_to_array(name, '/')) stored,
	version text,
	created_at timestamptz default now(),
	updated_at timestamptz default now(),
	last_accessed_at timestamptz default now(),
	unique (bucket_id, name)
);
-- That the owner of the migrations may make policies here is a list of the project's extension supautils; here it is
-- membership.
grant supabase_storage_admin to postgres_of_hosted;
-- What the storage service is doing, as it tells the database of each request.
create function storage.allow_any_operation(expected_operations text[]) returns boolean language sql stable as $$
	select coalesce(regexp_replace(current_setting('storage.operation', true), '^storage\.', '') = any (expected_operations), false)
$$;
alter table storage.buckets enable row level security;
alter table storage.objects enable row level security;
alter table storage.buckets owner to supabase_storage_admin;
alter table storage.objects owner to supabase_storage_admin;
grant all on storage.buckets, storage.objects to postgres_of_hosted, anon, authenticated, service_role;

-- Hosted gives what is created in public to the roles of the interface, functions included; ours must take it back.
alter default privileges for role postgres_of_hosted in schema public
	grant execute on functions to anon, authenticated, service_role;
alter default privileges for role postgres_of_hosted in schema public
	grant all on tables to service_role;

-- Realtime's schema (supabase/tests/realtime.psql) belongs to it as well. That the owner of the migrations may make
-- policies there is a list of the project's extension supautils; here it is membership, as on older projects.
alter schema realtime owner to supabase_realtime_admin;
alter table realtime.messages owner to supabase_realtime_admin;
alter function realtime.topic() owner to supabase_realtime_admin;
alter function realtime.send(jsonb, text, text, boolean) owner to supabase_realtime_admin;
grant usage on schema realtime to postgres_of_hosted;
grant select, insert, update on realtime.messages to postgres_of_hosted;
grant supabase_realtime_admin to postgres_of_hosted;
