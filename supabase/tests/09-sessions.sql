-- A session that no longer stands loses everything at once, though its token is still good.
begin;
\ir cast.psql
select no_plan();

create function play.sees(actor text) returns text language sql as $$
	select play.act(actor, format('select count(*) from public.records where entity_id = %L', play.id('house')))
$$;
create function play.sees_with(change text) returns text language plpgsql as $$
begin
	execute replace(change, '$olga', quote_literal(play.id('olga')));
	raise exception using errcode = 'U0003', message = play.sees('olga') || ' ' || play.attempt('olga', 'select public.list_entities()');
exception when sqlstate 'U0003' then
	return sqlerrm;
end
$$;
select is(play.sees('olga'), '4', 'Olga sees her records');
select is(play.sees_with(c.change), c.seen, c.title)
from (values
	('select', '4 rows', 'nothing changed, everything is seen'),
	('delete from auth.sessions where user_id = $olga', '0 PT401', 'a session that was revoked sees nothing'),
	('update auth.sessions set not_after = now() - interval ''1 second'' where user_id = $olga', '0 PT401', 'nor one that has ended'),
	('update auth.sessions set not_after = now() + interval ''1 hour'' where user_id = $olga', '4 rows', 'one that will end does'),
	('update auth.sessions set created_at = now() - interval ''89 days'' where user_id = $olga;
		insert into app_private.session_uses select id, user_id, now() - interval ''29 days'' from auth.sessions where user_id = $olga
		on conflict (session_id) do update set used_at = excluded.used_at', '4 rows', 'where nothing was chosen, not used for 29 days'),
	('update auth.sessions set created_at = now() - interval ''89 days'' where user_id = $olga;
		insert into app_private.session_uses select id, user_id, now() - interval ''31 days'' from auth.sessions where user_id = $olga
		on conflict (session_id) do update set used_at = excluded.used_at', '0 PT401', 'nor for 31'),
	('update auth.sessions set created_at = now() - interval ''91 days'' where user_id = $olga;
		insert into app_private.session_uses select id, user_id, now() from auth.sessions where user_id = $olga
		on conflict (session_id) do update set used_at = excluded.used_at', '0 PT401', 'and 91 days after signing in'),
	('update auth.sessions set created_at = now() - interval ''91 days'' where user_id = $olga;
		insert into app_private.session_rules values ($olga, null, null)', '4 rows', 'which whoever chose to do without is not asked'),
	('insert into app_private.session_rules values ($olga, ''30 minutes'', null)', '0 PT401', 'the idle limit that was chosen holds'),
	('insert into app_private.session_rules values ($olga, ''2 hours'', null)', '4 rows', 'within it all is seen'),
	('insert into app_private.session_rules values ($olga, ''30 minutes'', null);
		insert into app_private.session_uses (session_id, user_id) select id, user_id from auth.sessions where user_id = $olga',
		'4 rows', 'a use begins it anew'),
	('insert into app_private.session_rules values ($olga, ''30 minutes'', null);
		update auth.sessions set refreshed_at = now() at time zone ''UTC'' where user_id = $olga', '0 PT401', 'a token that is refreshed is no use'),
	('insert into app_private.session_rules values ($olga, null, ''30 minutes'');
		update auth.sessions set refreshed_at = now() at time zone ''UTC'' where user_id = $olga', '0 PT401', 'the maximum age that was chosen holds'),
	('insert into app_private.session_rules values ($olga, null, ''2 hours'')', '4 rows', 'within it all is seen'),
	('update auth.users set banned_until = now() + interval ''1 day'' where id = $olga', '0 PT401', 'nor one of an account that is closed'),
	('update auth.users set banned_until = now() - interval ''1 second'' where id = $olga', '4 rows', 'which it is no more once that has ended'),
	('update auth.users set deleted_at = now() where id = $olga', '0 PT401', 'nor one of an account that was deleted'),
	('select app_private.close_account(email), app_private.open_account(email) from auth.users where id = $olga', '0 PT401', 'closing an account ends its sessions for good'),
	('insert into app_private.session_rules values (play.id(''sten''), ''1 second'', ''1 second'')', '4 rows', 'what another chose does not')
) c (change, seen, title);
select is(play.sees('borrowed'), '0', 'another person''s session is none');
select is(play.sees('sessionless'), '0', 'a token without a session neither');
select is(play.sees('garbled'), '0', 'nor one that names nonsense');

-- auth.sessions is under row level security without a policy; session_stands reads it because its owner is not bound by it.
-- Were it owned by somebody who is, everybody would be locked out: so the migrations must be run by such a role.
select is((select r.rolbypassrls or r.rolsuper from pg_proc p join pg_roles r on r.oid = p.proowner where p.oid = 'app.session_stands()'::regprocedure), true,
	'session_stands belongs to a role that bypasses row level security');
select is_empty($$
	select p.oid::regprocedure from pg_proc p join pg_roles r on r.oid = p.proowner
	where p.prosecdef and p.pronamespace in ('public'::regnamespace, 'app'::regnamespace) and not r.rolbypassrls and not r.rolsuper
		and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
$$, 'so does every function that acts with its owner''s rights');
do $$
begin
	if (select relowner = current_user::regrole from pg_class where oid = 'auth.sessions'::regclass) then
		alter table auth.sessions enable row level security;
	end if;
end
$$;
select is((select relrowsecurity from pg_class where oid = 'auth.sessions'::regclass), true, 'sessions are under row level security');
select is(play.sees('olga'), '4', 'under row level security sessions are still found');

select * from finish();
rollback;
