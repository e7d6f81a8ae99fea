-- public: what the REST interface serves, every table under row level security.
-- app: functions that policies and definer functions use, and the table of roles. Not served.
-- app_private: what no client may ever read. It holds no table with row level security, because the embedded backend
-- grants every table of a schema that has one to everybody; here nothing is granted at all.
create schema app;
create schema app_private;

revoke all on schema app, app_private from public;
grant usage on schema app to authenticated;

-- Supabase grants this itself and owns the schema; the embedded backend does not.
do $$
begin
	if not has_schema_privilege('authenticated', 'auth', 'usage') then
		grant usage on schema auth to anon, authenticated;
	end if;
end
$$;

-- Functions are executable by everybody unless told otherwise; each one says below who may call it.
alter default privileges revoke execute on functions from public;

create table app_private.limits (
	name text primary key,
	value bigint not null check (value >= 0)
);
comment on table app_private.limits is 'How much one entity or one person may store. The operator may change a value.';
comment on column app_private.limits.name is 'internal: what is limited';
comment on column app_private.limits.value is 'internal: how much of it';

insert into app_private.limits (name, value) values
	('entities_per_person', 200),
	('drawn_ids_per_day', 200),
	('rows_per_entity', 500000),
	('bytes_per_entity', 4294967296);

-- In PL/pgSQL, which plans its query once a connection.
create function app.limit_of(name text) returns bigint
	language plpgsql stable security definer set search_path = '' as $$
begin
	return (select l.value from app_private.limits l where l.name = limit_of.name);
end
$$;
comment on function app.limit_of(text) is 'The value of one limit, null if there is none of that name.';

-- Whether a text can be a body: the base64url of an envelope of the system layer (version 1, layer S, any key number),
-- long enough for nonce and tag. 256 KiB is the limit of the stored text.
create function app.is_sealed(body text) returns boolean
	language sql immutable parallel safe
	return body ~ '^AV[M-P][A-Za-z0-9_-]+$' and octet_length(body) between 46 and 262144;
comment on function app.is_sealed(text) is 'Whether a text looks like an envelope of the system layer and is at most 256 KiB.';

revoke execute on function app.limit_of(text), app.is_sealed(text) from public, anon, authenticated;

create function app.instant_text(instant timestamptz) returns text
	language sql stable
	return to_char(instant at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');
comment on function app.instant_text(timestamptz) is 'A moment as the interface tells it (RFC 3339, milliseconds, UTC).';
revoke execute on function app.instant_text(timestamptz) from public, anon, authenticated;
