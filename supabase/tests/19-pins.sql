-- The PIN of a device: its share is given out for the right verifier, to the session that put it; five wrong ones in a row
-- destroy it and end the session.
begin;
\ir cast.psql
\ir keys.psql
select no_plan();

create function play.hash(pin text) returns text language sql immutable return encode(sha256(convert_to(pin, 'UTF8')), 'hex');
create function play.puts(actor text, pin text) returns text language sql as $$
	select play.act(actor, format('select public.put_pin(gen_random_uuid(), %L, %L)', play.hash(pin), play.body('p')))
$$;
-- What trying a PIN comes to: the outcome and how many tries are left, or the error's code.
create function play.tries(actor text, pin text) returns text language plpgsql as $$
declare
	said jsonb;
begin
	said := play.act(actor, format('select public.try_pin(%L)', play.hash(pin)));
	return concat_ws(' ', said ->> 'outcome', said ->> 'left');
exception when sqlstate 'PT401' then
	return sqlstate;
end
$$;
create function play.trail(who text) returns text language sql as $$
	select string_agg(action, ' ' order by number) from public.audit_events e
	where e.scope = 'account' and e.subject = play.id(who) and e.action ~ '^keys.pin|revoke'
$$;
create function play.shares(who text) returns bigint language sql as $$
	select count(*) from app_private.pin_shares where user_id = play.id(who)
$$;
create function play.swept() returns void language sql as $$
	update app_private.sweeps set swept_at = '-infinity';
	select play.act('zoe', 'select public.list_entities()')
$$;
-- Takes the actor to another session of theirs, or back to the one before.
create function play.moves(actor text, to_session text, from_session text) returns void language sql as $$
	update auth.sessions set id = play.id(from_session) where id = play.id('session of ' || actor);
	update auth.sessions set id = play.id('session of ' || actor) where id = play.id(to_session);
	update app_private.pin_shares set session_id = play.id(from_session) where session_id = play.id('session of ' || actor)
$$;

select is(play.attempt('vera', format('select public.put_pin(gen_random_uuid(), %L, %L)', play.hash('1'), play.body())), 'PT404',
	'without user encryption there is nothing to put under a PIN');
select is(play.tries('olga', '2580'), 'none', 'where there is no PIN none is right');
select play.puts('olga', '2580') is not null;
select is(play.tries('olga', '2580'), 'right', 'the right PIN is');
select is(array[play.tries('mark', '2580'), play.tries('sten', '2580')], array['none', 'none'], 'somebody else''s session has no such PIN');
select is(play.attempt('olga', format('select public.put_pin(gen_random_uuid(), ''1234'', %L)', play.body())), '23514', 'a verifier is kept as its hash');
select is(play.attempt('olga', format('select public.put_pin(gen_random_uuid(), %L, ''share'')', play.hash('1'))), '23514', 'and a share sealed');

-- Counted before it is looked at; the right one sets the count back, also at the fifth.
select is(array(select play.tries('olga', w) from unnest(array['0', '1', '2', '3', '2580', '4']) as w),
	array['wrong 4', 'wrong 3', 'wrong 2', 'wrong 1', 'right', 'wrong 4'], 'so many are left, and the right one sets them back');
select is(play.act('olga', 'select public.try_pin(null) ->> ''left'''), '3', 'nothing at all is a wrong one');
select is(array(select play.tries('olga', w) from unnest(array['5', '6']) as w), array['wrong 2', 'wrong 1'], 'all are counted');
select is(play.shares('olga'), 1::bigint, 'the share is still there');
select is(play.tries('olga', '7'), 'wrong 0', 'the fifth in a row is the last');
select is(play.shares('olga'), 0::bigint, 'and the share is gone');
select is(play.tries('olga', '2580'), 'PT401', 'with the session, also for the right PIN');
select is(play.act('nobody', format('select public.how_session_ended(%L)', play.id('session of olga'))), 'revoked', 'whose device is told so');
select is(play.trail('olga'), 'keys.pin_set keys.pin_destroyed session.revoke', 'and it is in the trail');
select is(app_private.broken_audit_event('account', play.id('olga')), null, 'the chain is whole');

-- Attack 27 with the counting taken out.
create function play.uncounted() returns text language plpgsql as $$
declare
	said text;
begin
	perform play.puts('mark', '2580');
	execute replace(pg_get_functiondef('public.try_pin(text)'::regprocedure), 'tries = s.tries + 1', 'tries = s.tries');
	said := string_agg(play.tries('mark', n::text), ', ') from generate_series(1, 9) as n;
	raise exception using errcode = 'U0005', message = replace(said, 'wrong 5, ', '') || ', ' || play.tries('mark', '2580');
exception when sqlstate 'U0005' then
	return sqlerrm;
end
$$;
select is(play.uncounted(), 'wrong 5, right', 'it is the count that ends guessing');

-- A share is for the session that put it.
select play.puts('mark', '1379') is not null;
insert into auth.sessions (id, user_id, created_at) values (play.id('phone'), play.id('mark'), now());
select play.moves('mark', 'phone', 'laptop') is not null;
select is(play.tries('mark', '1379'), 'none', 'another session of the same person is given nothing, and counts nothing');
select play.act('mark', 'select public.remove_pin()') is not null;
select play.puts('mark', '8642') is not null;
select is(array[play.tries('mark', '8642'), play.shares('mark')::text], array['right', '2'], 'it has one of its own');
select play.puts('mark', '9753') is not null;
select is(array[play.tries('mark', '8642'), play.tries('mark', '9753'), play.shares('mark')::text], array['wrong 4', 'right', '2'],
	'of which there is one at a time');

-- What ends a PIN: taking it off, the end of its session, new keys.
select play.act('mark', format('select public.revoke_session(%L)', play.id('laptop'))) is not null;
select is(play.shares('mark'), 1::bigint, 'the share of a session that is revoked goes with it');
select play.act('mark', 'select public.remove_pin()') is not null;
select is(array[play.tries('mark', '9753'), play.shares('mark')::text], array['none', '0'], 'a PIN that is taken off is none');
select is(play.trail('mark'), 'keys.pin_set keys.pin_set keys.pin_set session.revoke keys.pin_removed', 'each is in the trail, once');
select play.puts('mark', '9753') is not null, play.puts('sten', '9753') is not null, play.sign_in('mark');
select play.act('mark', play.put(2, play.identity('mark'), play.slots('b', 'code'))) is not null;
select is(play.shares('mark'), 1::bigint, 'a new recovery code changes nothing of it');
select play.act('mark', play.put(3, play.identity('mark', 2), play.slots('c'), succession => play.succession('mark', 1))) is not null;
select is(array[play.shares('mark'), play.shares('sten')], array[0, 1]::bigint[], 'another identity ends it, and nobody else''s');
select play.swept() is not null;
select is(play.shares('sten'), 1::bigint, 'a sweep leaves what is of a session that stands');
delete from auth.sessions where user_id = play.id('sten');
select play.swept() is not null;
select is(play.shares('sten'), 0::bigint, 'and removes what is of one that signed out');

select * from finish();
rollback;
