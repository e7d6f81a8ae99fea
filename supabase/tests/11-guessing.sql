-- Wrong passwords, as Supabase Auth tells of them, and the right one after them.
begin;
\ir cast.psql
select no_plan();

create function play.tries(valid boolean, who text default 'olga') returns text language sql as $$
	select app.password_verification_attempt(jsonb_build_object('user_id', play.id(who), 'valid', valid)) ->> 'decision'
$$;
create function play.tries(times int) returns text language sql as $$
	select string_agg(play.tries(false), ' ') from generate_series(1, times)
$$;
create function play.wait(long interval) returns void language sql as $$
	update app_private.password_failures set locked_until = locked_until - long, failed_at = failed_at - long
$$;
create function play.locked() returns interval language sql as $$
	select greatest(locked_until - now(), interval '0') from app_private.password_failures where user_id = play.id('olga')
$$;

select is(play.tries(true), 'continue', 'a right password is taken');
select is_empty('select from app_private.password_failures', 'and leaves nothing behind');
select is(play.tries(4), 'continue continue continue continue', 'four wrong ones are told wrong by Supabase Auth itself');
select is(play.tries(true), 'continue', 'the right one after them is taken');
select is(play.tries(4) || ' ' || play.tries(true), 'continue continue continue continue continue', 'and they are counted from one again');

select is(play.tries(5), 'continue continue continue continue continue', 'the fifth wrong one locks');
select is(play.tries(true), 'reject', 'now the right one is refused');
select is(app.password_verification_attempt(jsonb_build_object('user_id', play.id('olga'), 'valid', true)),
	'{"decision": "reject", "message": "Invalid login credentials", "should_logout_user": false}'::jsonb,
	'in the words of a wrong one, and nobody is signed out');
select is(play.locked(), interval '1 minute', 'for a minute');
select is(play.tries(false), 'reject', 'a wrong one is refused as well');
select is(play.locked(), interval '1 minute', 'and makes it no longer');
select is(play.tries(true, 'sten'), 'continue', 'another account is not locked');
select play.wait('61 seconds');
select is(play.tries(false), 'continue', 'after that one may try again');
select is(play.locked(), interval '2 minutes', 'and waits twice as long');
create function play.later_locks(times int) returns interval[] language plpgsql as $$
declare
	found interval[];
begin
	for turn in 1..times loop
		perform play.wait('2 hours'), play.tries(false);
		found := found || play.locked();
	end loop;
	return found;
end
$$;
select is(play.later_locks(6), '{4 minutes,8 minutes,16 minutes,32 minutes,1 hour,1 hour}'::interval[], 'and so on, an hour at most');
select play.wait('61 minutes');
select is(play.tries(true), 'continue', 'then the right one is taken');
select is(play.tries(4) || ' ' || play.tries(true), 'continue continue continue continue continue', 'and all is forgotten');
select is(play.tries(4), 'continue continue continue continue', 'four wrong ones');
select play.wait('25 hours');
select is(play.tries(4), 'continue continue continue continue', 'are forgotten after a day');
select is(play.tries(true), 'continue', 'so that the right one is taken');
select throws_ok($$ select app.password_verification_attempt('{"valid": true, "user_id": "x"}') $$, '22P02', null,
	'what names no account is not taken for one');
select throws_ok($$ select app.password_verification_attempt('{"valid": false}') $$, '23502', null, 'nor what names none');

-- Supabase Auth's role may call it, and has nothing else of ours. The embedded backend has no such role.
select is(array(
	select p.oid::regprocedure::text from pg_proc p, pg_roles r
	where r.rolname = 'supabase_auth_admin' and p.pronamespace in ('app'::regnamespace, 'app_private'::regnamespace, 'public'::regnamespace)
		and has_schema_privilege(r.oid, p.pronamespace, 'usage') and has_function_privilege(r.oid, p.oid, 'execute')
		and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
), case when to_regrole('supabase_auth_admin') is null then array[]::text[] else array['app.password_verification_attempt(jsonb)'] end,
	'Supabase Auth may call this and no other function of ours');
select is_empty($$
	select c.oid::regclass::text from pg_class c, pg_roles r
	where r.rolname = 'supabase_auth_admin' and c.relkind in ('r', 'p')
		and c.relnamespace in ('app'::regnamespace, 'app_private'::regnamespace, 'public'::regnamespace)
		and has_table_privilege(r.oid, c.oid, 'select, insert, update, delete')
$$, 'nor any of our tables');

select * from finish();
rollback;
