-- Roles belong to the server, not to a database: made once, kept.
do $$
declare
	wanted text;
begin
	-- Two test files may do this at the same time. Such a lock holds within one database: run this in the one that all share.
	perform pg_advisory_xact_lock(4182);
	foreach wanted in array array[
		'anon nologin noinherit',
		'authenticated nologin noinherit',
		'service_role nologin noinherit bypassrls',
		'authenticator login noinherit',
		'supabase_auth_admin nologin noinherit createrole',
		'supabase_storage_admin nologin noinherit createrole',
		'supabase_realtime_admin nologin noinherit',
		'postgres_of_hosted login createrole createdb bypassrls password ''postgres_of_hosted'''
	] loop
		if to_regrole(split_part(wanted, ' ', 1)) is null then
			begin
				execute format('create role %s', wanted);
			exception when duplicate_object or unique_violation then
				null; -- A server that starts beside makes the first three, too.
			end;
		end if;
	end loop;
	grant anon, authenticated, service_role to authenticator;
	grant anon, authenticated, service_role to postgres_of_hosted with admin option;
end
$$;
