-- Guessing a password is slow: after five failures the account takes none for a minute, after each further one for twice
-- as long, an hour at most. Supabase Auth asks here after it compared a password (its hook password_verification_attempt,
-- switched on in config.toml); where Arca's own server stands in front of sign-in, that one does it, and better.
--
-- The hook is told the account and nothing else: no address and no device. So whoever knows an e-mail can keep its owner
-- from signing in with the password, for an hour at a time; sessions that stand are not touched, an attempt while it is
-- locked makes it no longer, and a reset by mail gets in.
create table app_private.password_failures (
	user_id uuid primary key references auth.users (id) on delete cascade,
	failures integer not null default 1 check (failures >= 1),
	failed_at timestamptz not null default now(),
	locked_until timestamptz not null default '-infinity'
);
comment on table app_private.password_failures is 'Wrong passwords since the last right one.';
comment on column app_private.password_failures.user_id is 'internal: whose account';
comment on column app_private.password_failures.failures is 'internal: how many';
comment on column app_private.password_failures.failed_at is 'internal: when the last one was; a day later they are forgotten';
comment on column app_private.password_failures.locked_until is 'internal: until when no password is taken';

create function app.password_verification_attempt(event jsonb) returns jsonb
	language plpgsql security definer set search_path = '' as $$
declare
	person uuid := (event ->> 'user_id')::uuid;
	free constant integer := 5;
	kept app_private.password_failures;
begin
	select * into kept from app_private.password_failures f where f.user_id = person for update;
	if kept.locked_until > now() then
		-- In the words of a wrong password, right or wrong: another answer would tell that there is such an account.
		return jsonb_build_object('decision', 'reject', 'message', 'Invalid login credentials', 'should_logout_user', false);
	end if;
	if (event ->> 'valid')::boolean then
		delete from app_private.password_failures f where f.user_id = person;
	else
		insert into app_private.password_failures as f (user_id) values (person)
		on conflict (user_id) do update set
			failures = case when f.failed_at > now() - interval '1 day' then f.failures + 1 else 1 end, failed_at = now()
		returning * into kept;
		if kept.failures >= free then
			update app_private.password_failures f
				set locked_until = now() + least(interval '1 minute' * 2 ^ least(kept.failures - free, 6), interval '1 hour')
				where f.user_id = person;
			perform app.note_lock(person);
		end if;
	end if;
	return jsonb_build_object('decision', 'continue');
end
$$;
comment on function app.password_verification_attempt(jsonb) is
	'Supabase Auth''s hook: {user_id, valid} in, {decision: continue or reject, message} out. Errors refuse the sign-in.';

revoke execute on function app.password_verification_attempt(jsonb) from public, anon, authenticated;
-- Who runs Supabase Auth; the embedded backend has nobody of the name.
do $$
begin
	if to_regrole('supabase_auth_admin') is not null then
		grant usage on schema app to supabase_auth_admin;
		grant execute on function app.password_verification_attempt(jsonb) to supabase_auth_admin;
	end if;
end
$$;
