-- Two-step verification: what a session may do before its code, that a code works once and guessing is slow, and that
-- only the server's word about a code counts.
begin;
\ir cast.psql
\ir steps.psql
select no_plan();

-- RFC 4231, cases 1, 2 and 3.
select is(encode(app.hmac_sha256(message, key), 'hex'), mac, 'HMAC-SHA-256 of the published vectors')
from (values
	(convert_to('Hi There', 'UTF8'), decode(repeat('0b', 20), 'hex'), 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7'),
	(convert_to('what do ya want for nothing?', 'UTF8'), convert_to('Jefe', 'UTF8'), '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843'),
	(decode(repeat('dd', 50), 'hex'), decode(repeat('aa', 20), 'hex'), '773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe')
) v (message, key, mac);

create function play.sees(actor text) returns text language sql as $$
	select play.act(actor, format('select count(*) from public.records where entity_id = %L', play.id('house')))
		|| ' ' || play.attempt(actor, 'select public.list_entities()')
$$;
create function play.steps(actor text, call text) returns text language sql as $$
	select play.act(actor, format('select public.%s ->> ''outcome''', call))
$$;
create function play.code(actor text, step bigint) returns text language sql as $$
	select play.steps(actor, format('elevate_session(%s, play.proof(''elevate'', ''%s''))', step, step))
$$;

-- Attack 28: a session before its second step.
select is(play.sees('uma'), '0 PGRST', 'before her code Uma sees nothing');
select is(play.sees('adam'), '4 rows', 'after his Adam sees all of his own');
select is(play.without('step_done()', $$play.sees('uma')$$), '4 rows', 'it is the check of the step that keeps her out');

-- A proof holds for what it is about, and once.
select is(play.attempt('uma', format('select public.elevate_session(%s, %s)', p.step, p.proof)), p.said, p.title)
from (values
	(101, $$play.proof('elevate', '101')$$, 'rows', 'a proof of this person, session, step and purpose is taken'),
	(102, $$play.proof('elevate', '101')$$, 'PT403', 'not for another step'),
	(101, $$play.proof('begin', '101')$$, 'PT403', 'not of another purpose'),
	(101, $$play.proof('elevate', '101', '{"kid": 8}')$$, 'PT403', 'not by a key that is not there'),
	(101, $$play.proof('elevate', '101') || '{"nonce": "another one, drawn by nobody"}'$$, 'PT403', 'not with another nonce'),
	(101, $$play.proof('elevate', '101', '{"expiry": 1000000000}')$$, 'PT403', 'not after its end'),
	(101, $$play.proof('elevate', '101', '{"expiry": 99000000000}')$$, 'PT403', 'not when it would hold too long'),
	(101, $$play.proof('elevate', '101') || '{"expiry": "soon"}'$$, 'PT403', 'not with nonsense in it'),
	(101, $$play.proof('elevate', '101') || '{"mac": "AAAA"}'$$, 'PT403', 'not without the key'),
	(101, $$play.proof('elevate', '101') - 'mac'$$, 'PT403', 'not without what proves it'),
	(101, $$null$$, 'PT403', 'nor is none')
) p (step, proof, said, title);
create table play.kept (proof jsonb);
grant select, insert on play.kept to authenticated;
select is(play.act('uma', $$with p as (insert into play.kept values (play.proof('begin', 'on')) returning proof)
	select public.begin_step('on', proof) ->> 'outcome' from p$$), 'counted', 'a proof is taken');
select is(play.attempt('uma', $$select public.begin_step('on', proof) from play.kept$$), 'PT403', 'and not a second time');
select is(play.attempt('adam', $$select public.begin_step('on', proof) from play.kept$$), 'PT403', 'nor from somebody else');

-- A code works once; each later one once more. Another session of hers stays out.
select is(play.code('uma', 100), 'used', 'a step that was used is refused');
select is(play.code('uma', 99), 'used', 'so is an earlier one');
select is(play.sees('uma'), '0 PGRST', 'which opens nothing');
select is(play.code('uma', 101), 'elevated', 'the next one elevates');
select is(play.sees('uma'), '4 rows', 'and Uma sees all of her own');
select is(play.code('uma', 101), 'used', 'once');
-- Attack 29: a code that somebody looked at as it was typed.
select is(play.without('use_step(me uuid, step bigint)', $$play.code('uma', 101)$$), 'elevated',
	'it is the mark on a step that keeps its code from being used again');
insert into auth.sessions (id, user_id, created_at) values (play.id('second session'), play.id('uma'), now());
update auth.sessions set id = play.id('first session') where id = play.id('session of uma');
update auth.sessions set id = play.id('session of uma') where id = play.id('second session');
update public.session_elevations set session_id = play.id('first session') where session_id = play.id('session of uma');
select is(play.sees('uma'), '0 PGRST', 'another session of hers sees nothing');
select is(play.code('uma', 102), 'elevated', 'until it shows a code');
update public.session_elevations set until = now() where session_id = play.id('session of uma');
select is(play.sees('uma'), '0 PGRST', 'nor after the elevation''s end');
select is(play.steps('uma', $$elevate_by_recovery(play.hash('uma1'), play.proof('recover', play.hash('uma1')))$$), 'elevated', 'a recovery code elevates');
select is(play.sees('uma'), '4 rows', 'as a code does');
select is(play.steps('uma', $$elevate_by_recovery(play.hash('uma1'), play.proof('recover', play.hash('uma1')))$$), 'wrong', 'and is used up');
select is(play.steps('uma', $$elevate_by_recovery(play.hash('adam1'), play.proof('recover', play.hash('adam1')))$$), 'wrong', 'another''s is none');
select is(play.act('uma', 'select public.get_two_factor(7) ->> ''codes'''), '9', 'she is told how many are left');

-- Guessing is slow; attempts are counted before anything is looked at, those that a lock refuses too.
create function play.guess(actor text) returns text language sql as $$
	select play.steps(actor, 'begin_step(''on'', play.proof(''begin'', ''on''))')
$$;
delete from app_private.step_attempts;
select is(string_agg(play.guess('uma'), ' '), 'counted counted counted counted counted locked locked', 'after five attempts none is taken')
from generate_series(1, 7);
select is((select array[attempts, locks] from app_private.step_attempts), array[7, 1], 'all are counted');
select is(play.act('uma', 'select public.get_two_factor(7) ->> ''wait'''), '60', 'for a minute');
select is(play.guess('adam'), 'counted', 'which is nobody else''s trouble');
create function play.waits(actor text) returns text language plpgsql as $$
begin
	update app_private.step_attempts set locked_until = now() where user_id = play.id(actor);
	return play.guess(actor) || ' ' || play.act(actor, 'select public.get_two_factor(7) ->> ''wait''');
end
$$;
select is(string_agg(play.waits('uma'), ', '), 'counted 120, counted 240, counted 480, counted 960, counted 1920, counted 3600, counted 3600',
	'each further one locks for twice as long, an hour at most') from generate_series(1, 7);
select is(play.steps('uma', $$elevate_by_recovery(play.hash('uma2'), play.proof('recover', play.hash('uma2')))$$), 'elevated',
	'a recovery code, which nobody can guess, gets the owner past it');
select is(play.guess('uma'), 'counted', 'after which codes are taken again');

-- Attack 40: what harms for good asks for a code of the last five minutes.
update public.memberships set role = 'owner' where user_id = play.id('adam');
create function play.harms(actor text) returns text language sql as $$
	select string_agg(play.attempt(actor, call), ' ') from unnest(array[
		format('select public.delete_entity(%L)', play.id('house')), 'select public.ask_reset()', 'select public.erase_kept_keys()',
		'select public.put_keys(1, ''{}'', ''{}'', ''{}'', ''[]'')',
		$q$select public.renew_recovery_codes(play.hashes('n'), play.proof('renew', play.hashes('n')))$q$
	]) as call
$$;
select is(play.harms('adam'), 'rows PT404 rows 23502 rows', 'right after a code Adam may do what harms for good');
update public.session_elevations set at = now() - interval '6 minutes' where user_id = play.id('adam');
select is(play.harms('adam'), 'PGRST PGRST PGRST PGRST PGRST', 'six minutes later, or with a stolen token, he may not');
select is(play.sees('adam'), '4 rows', 'though all else is as before');
select is(play.without('has_fresh_step()', $$play.harms('adam')$$), 'rows PT404 rows 23502 rows', 'it is the fresh code that keeps him from it');

-- On and off.
create function play.confirms(actor text, version int) returns text language sql as $$
	select play.steps(actor, format('confirm_two_factor(%s, 7, play.hashes(''v''), play.proof(''confirm'', ''%s|7|'' || play.hashes(''v'')))', version, version))
$$;
create function play.enrolls(actor text, version int) returns text language sql as $$
	select play.attempt(actor, format('select public.enroll_two_factor(%s, %L, play.proof(''enroll'', %L))', version, play.body('n'), version || '|' || play.body('n')))
$$;
select is(play.enrolls('vera', 1), 'PT428', 'turning it on takes a fresh sign-in');
update auth.sessions set created_at = now() where user_id = play.id('vera');
select is(play.enrolls('vera', 1), 'rows', 'with one it goes on');
select is(play.enrolls('adam', 1), 'PGRST', 'where it is on, a stolen session does not enroll another app');
insert into app_private.totp_secrets (user_id, state, version, body) values (play.id('vera'), 'waiting', 3, play.body('n'));
select is(play.sees('vera'), '4 rows', 'while a secret waits nothing is asked for');
select is(play.attempt('vera', $$select public.confirm_two_factor(2, 7, play.hashes('v'), play.proof('confirm', '2|7|' || play.hashes('v')))$$), 'PT404',
	'the first code must be of the secret that waits');
insert into auth.sessions (id, user_id, created_at) values (play.id('other session of vera'), play.id('vera'), now());
select is(play.confirms('vera', 3), 'elevated', 'its first code turns it on and elevates this session');
select is(play.sees('vera'), '4 rows', 'which goes on');
select is((select count(*) from public.session_elevations where user_id = play.id('vera')), 1::bigint, 'and no other one');
select is(play.code('vera', 7), 'used', 'the first code is used by that');
select is(play.steps('vera', $$disable_two_factor(7, null, play.proof('disable', '7'))$$), 'used', 'a used code does not turn it off');
select is(play.attempt('vera', $$select public.disable_two_factor(null, null, play.proof('disable', ''))$$), 'PT403', 'nor does none');
select is(play.steps('vera', $$disable_two_factor(null, play.hash('v1'), play.proof('disable', play.hash('v1')))$$), 'off', 'a recovery code does');
select is((select count(*) from app_private.totp_secrets where user_id = play.id('vera'))
	+ (select count(*) from app_private.recovery_codes where user_id = play.id('vera')), 0::bigint, 'of which nothing is left');
select is((select string_agg(action, ' ' order by number) from public.audit_events where scope = 'account' and subject = play.id('vera')
	and action ~ 'two_factor'), 'two_factor.turned_on two_factor.turned_off', 'both stand in the audit trail');
select is(app_private.turn_off_two_factor('Uma@example.org'), true, 'the operator can turn it off for somebody who lost everything');
select is(app_private.turn_off_two_factor('uma@example.org'), false, 'once');
select is(play.sees('uma'), '4 rows', 'after which a sign-in is enough');

update app_private.sweeps set swept_at = '-infinity';
update public.session_elevations set until = now() - interval '1 second' where user_id = play.id('adam');
update app_private.used_proofs set until = now() - interval '2 minutes';
insert into app_private.totp_secrets (user_id, state, version, body, at) values (play.id('mark'), 'waiting', 1, play.body('n'), now() - interval '2 hours');
select is(play.attempt('mark', 'select public.get_keys()'), 'rows', 'somebody comes by');
select app.remove_due_steps();
select is((select count(*) from public.session_elevations where user_id = play.id('adam')) + (select count(*) from app_private.used_proofs)
	+ (select count(*) from app_private.totp_secrets where user_id = play.id('mark')), 0::bigint, 'what has ended is swept away');

select * from finish();
rollback;
