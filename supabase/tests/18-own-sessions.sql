-- A person's own sessions: listed, revoked, ended by what the person chose; and the trail of how they began and ended.
begin;
\ir cast.psql
select no_plan();

create function play.trail(who text) returns text language sql as $$
	select string_agg(action, ' ' order by number) from public.audit_events e
	where e.scope = 'account' and e.subject = play.id(who) and e.action ~ '^session\.'
$$;
create function play.sessions(actor text) returns json language sql as $$
	select (play.act(actor, 'select public.list_sessions()')::json) -> 'sessions'
$$;
create function play.names(actor text) returns text language sql as $$
	select string_agg(s ->> 'agent', ' ' order by s ->> 'agent') from json_array_elements(play.sessions(actor)) s
$$;
create function play.how(session text) returns text language sql as $$
	select play.act('nobody', format('select public.how_session_ended(%L)', play.id(session)))
$$;
create function play.swept() returns void language sql as $$
	update app_private.sweeps set swept_at = '-infinity';
	select play.act('sten', 'select public.list_entities()')
$$;
select play.swept() is null;

-- Olga has a phone and a laptop besides, Sten one session.
insert into auth.sessions (id, user_id, created_at, user_agent, ip) values
	(play.id('phone'), play.id('olga'), now() - interval '2 days', 'phone', '203.0.113.77'),
	(play.id('laptop'), play.id('olga'), now() - interval '3 hours', 'laptop', '2001:db8:1:2::9');
update auth.sessions set user_agent = 'this' where id = play.id('session of olga');
select is(play.names('olga'), 'laptop phone this', 'Olga sees her sessions');
select is(play.names('sten'), '', 'and nobody another person''s');
select is(array(select s ->> 'network' from json_array_elements(play.sessions('olga')) s order by s ->> 'agent'),
	array['2001:db8:1::/48', '203.0.113.0/24', null], 'with the network, not the address');
select is(array(select s ->> 'agent' from json_array_elements(play.sessions('olga')) s where (s ->> 'current')::boolean), array['this'],
	'and knows which this one is');

-- Each beginning is noted once, in its person's name, also where nothing is done with it.
select is(play.trail('olga'), 'session.sign_in', 'a session is noted when it is swept by');
select play.swept() is null;
select play.swept() is null;
select is(play.trail('olga'), 'session.sign_in session.sign_in session.sign_in', 'each once');
select is(array(select e.actor || ' ' || e.session_id from public.audit_events e where e.action = 'session.sign_in' and e.subject = play.id('olga') order by number),
	array(select play.id('olga') || ' ' || s.id from auth.sessions s where s.user_id = play.id('olga') order by case s.user_agent when 'this' then 0 when 'phone' then 1 else 2 end),
	'with whose it is and which, though another came by');

-- Revoked.
select is(play.attempt('sten', format('select public.revoke_session(%L)', play.id('phone'))), 'PT404', 'nobody revokes another person''s');
select is(play.attempt('olga', format('select public.revoke_session(%L)', play.id('no session'))), 'PT404', 'nor one that is not there');
select is(play.how('phone'), null, 'of one that stands nothing is told');
select play.act('olga', format('select public.revoke_session(%L)', play.id('phone'))) is not null;
select is(play.names('olga'), 'laptop this', 'what is revoked is gone');
select is(play.how('phone'), 'revoked', 'and its device is told so, without a token');
select is(play.how('session of rita'), null, 'a session that nobody revoked is not told revoked, though it is gone');
select is(play.attempt('olga', format('select public.revoke_session(%L)', play.id('phone'))), 'PT404', 'twice it is not there');
select is(play.act('olga', 'select public.revoke_other_sessions()'), '1', 'all others are revoked at once');
select is(play.names('olga') || ' ' || play.how('laptop'), 'this revoked', 'and this one stays');
select is(play.names('sten'), '', 'as do those of others');
select play.swept() is null;
select is(play.trail('olga'), 'session.sign_in session.sign_in session.sign_in session.revoke session.revoke', 'each is in the trail, once');

-- What a person chose.
select is(play.attempt('olga', format('select public.set_session_rules(%s)', c.given)), c.code, c.given)
from (values ('299, null', 'PT400'), ('300, 3599', 'PT400'), ('31536001, null', 'PT400'), ('300, 3600', 'rows'), ('null, null', 'rows')) c (given, code);
select is(play.act('olga', 'select public.set_session_rules(7200, 86400)')::jsonb, '{"idle": 7200, "age": 86400}'::jsonb, 'Olga chooses');
select is((play.act('olga', 'select public.list_sessions()')::jsonb) -> 'rules', '{"idle": 7200, "age": 86400}'::jsonb, 'and sees what');
insert into auth.sessions (id, user_id, created_at, user_agent) values (play.id('tablet'), play.id('olga'), now() - interval '3 hours', 'tablet');
select is(play.names('olga'), 'this', 'what is idle for longer is no session any more');
select is(play.how('tablet'), 'expired', 'and its device is told that it expired, not that it was revoked');
select is(play.act('olga', 'select public.set_session_rules(null, null)') is null, false, 'and when Olga chooses otherwise');
select is(play.names('olga') || ' ' || play.how('tablet'), 'this expired', 'it stays ended');
select is((select count(*) from auth.sessions where id = play.id('tablet')), 0::bigint, 'also for Supabase Auth');
select is(play.trail('olga') ~ 'session.rules session.sign_in session.expire session.rules$', true, 'and all of it is in the trail');

-- A sign-out that Supabase Auth did is found.
delete from auth.sessions where user_id = play.id('zoe');
select play.swept() is null;
select is(play.trail('zoe'), 'session.sign_in session.sign_out', 'a device that signed itself out is in the trail');
select is(play.how('session of zoe'), null, 'and is not told anything');
select is(app_private.broken_audit_event('account', play.id('olga')), null, 'the chain is whole');

update app_private.ended_sessions set ended_at = now() - interval '13 months';
select play.swept() is null;
select is(play.how('phone'), null, 'after a year it is forgotten');

select * from finish();
rollback;
