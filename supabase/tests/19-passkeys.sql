-- Passkeys: what is to be signed is good for one session, one purpose and one check, a counter never goes back, and only
-- the server's word about a signature counts.
begin;
\ir cast.psql
\ir steps.psql
select no_plan();

create function play.outcome(actor text, call text) returns text language sql as $$
	select play.act(actor, format('select public.%s ->> ''outcome''', call))
$$;
create function play.asks(actor text, challenge text default repeat('c', 43)) returns text language sql as $$
	select play.act(actor, format('select public.ask_passkey(%1$L, play.proof(''ask-passkey'', %1$L)) is not null', challenge))
$$;
create function play.tries(actor text, credential text) returns text language sql as $$
	select play.outcome(actor, format('try_passkey(%1$L, play.proof(''try-passkey'', %1$L))', credential))
$$;
create function play.shows(actor text, counter bigint, credential text default null, challenge text default repeat('c', 43)) returns text
	language sql as $$
	select play.outcome(actor, format('elevate_by_passkey(%L, %L, %s, play.proof(''passkey'', %L))', k, challenge, counter,
		concat_ws('|', k, challenge, counter))) from (select coalesce(credential, play.credential(actor)) as k) x
$$;
create function play.sees(actor text) returns text language sql as $$
	select play.act(actor, format('select count(*) from public.records where entity_id = %L', play.id('house')))
$$;
select play.has_passkey('uma', 4), play.has_passkey('adam');
select is(play.shows('uma', 5), 'wrong', 'without anything to sign nothing is shown');
select is(play.without('use_challenge(purpose text, credential text, challenge text)', $$play.shows('uma', 5)$$), 'elevated',
	'it is what she was to sign that keeps it so');
select is(play.tries('uma', play.credential('uma')), 'wrong', 'nor is it checked');
select is(play.asks('uma'), 'true', 'Uma asks what to sign');
select is(play.shows('uma', 5), 'wrong', 'which shows nothing before a signature is checked');
select is(play.tries('uma', play.credential('adam')), 'wrong', 'another''s passkey is none of hers, and uses it up');
select is(play.tries('uma', play.credential('uma')), 'wrong', 'so that she asks anew');
select play.asks('uma');
select is(play.tries('uma', play.credential('uma')), 'counted', 'hers is checked');
select is(play.tries('uma', play.credential('uma')), 'wrong', 'once');
select is(play.shows('adam', 5, play.credential('uma')), 'wrong', 'it is nobody else''s');
select is(play.shows('uma', 5, play.credential('uma'), repeat('d', 43)), 'wrong', 'and no other challenge');
select is(play.attempt('uma', format('select public.elevate_by_passkey(%L, %L, 5, play.proof(''passkey'', %L))', play.credential('uma'),
	repeat('c', 43), p.said)), 'PT403', 'a proof does not hold ' || p.title)
from (values (play.credential('adam') || '|' || repeat('c', 43) || '|5', 'for another passkey'),
	(play.credential('uma') || '|' || repeat('d', 43) || '|5', 'for another challenge'),
	(play.credential('uma') || '|' || repeat('c', 43) || '|6', 'for another counter')) p (said, title);
select is(play.sees('uma'), '0', 'all of which opens nothing');
select is(play.shows('uma', 5), 'elevated', 'what was checked elevates');
select is(play.sees('uma'), '4', 'and she sees all of her own');
select is(play.shows('uma', 6), 'wrong', 'once');
select is((select array[counter, (used_at is not null)::int] from app_private.passkeys where user_id = play.id('uma')), array[5, 1]::bigint[],
	'the counter and the moment are kept');

create function play.again(counter bigint) returns text language sql as $$
	select play.asked('uma', 'show', play.credential('uma'));
	select play.shows('uma', counter)
$$;
select is(play.again(5), 'wrong', 'a counter that stands still is refused');
select is(play.again(4), 'wrong', 'so is one that goes back');
select is(play.without('use_passkey(me uuid, credential text, counter bigint)', 'play.again(4)'), 'elevated', 'it is the counter that keeps a copy out');
select is(play.again(0), 'wrong', 'nor does one stop counting');
select is(play.again(6), 'elevated', 'a later one is taken');
select play.asked('adam', 'show', play.credential('adam'));
select is(play.shows('adam', 0), 'elevated', 'one that does not count stays at nought');

-- Another session, another purpose, another time.
select play.asked('uma', 'show');
update app_private.step_challenges set session_id = play.id('another session') where user_id = play.id('uma');
select is(play.tries('uma', play.credential('uma')), 'wrong', 'what another session was to sign is not taken');
delete from app_private.step_challenges;
select play.asked('uma', 'add');
select is(play.tries('uma', play.credential('uma')), 'wrong', 'nor what was for a new passkey');
select play.asked('uma', 'show');
update app_private.step_challenges set at = now() - interval '301 seconds';
select is(play.tries('uma', play.credential('uma')), 'wrong', 'nor what is older than five minutes');
delete from app_private.step_attempts;
select is(string_agg(play.tries('uma', 'none'), ' '), 'wrong wrong wrong wrong wrong locked', 'attempts are counted as those of codes are')
from generate_series(1, 6);
select is(play.outcome('uma', 'begin_step(''on'', play.proof(''begin'', ''on''))'), 'locked', 'together with them');
delete from app_private.step_attempts;

-- Adding, renaming and removing.
create function play.enrolls(actor text) returns text language sql as $$
	select play.attempt(actor, format('select public.enroll_passkey(%1$L, play.proof(''enroll-passkey'', %1$L))', repeat('c', 43)))
$$;
select is(play.enrolls('zoe'), 'PT428', 'adding one takes a fresh sign-in');
update auth.sessions set created_at = now() where user_id = play.id('zoe');
select is(play.enrolls('zoe'), 'rows', 'with one it goes on');
select play.asked('zoe', 'add');
update public.session_elevations set at = now() - interval '6 minutes' where user_id = play.id('adam');
select is(play.enrolls('adam'), 'PGRST', 'where two steps are on it takes a fresh step');
select is(play.attempt('adam', play.add_passkey('another')), 'PGRST', 'to the end');
select is(play.attempt('adam', format('select public.remove_passkey(%L)', play.id('passkey of adam'))), 'PGRST', 'and so does removing one');
update public.session_elevations set at = now() where user_id = play.id('adam');
select is(play.attempt('zoe', play.add_passkey('zoe')), 'PT404', 'nothing is added before it was looked at');
select is(play.act('zoe', format('select public.take_enrollment(%1$L, play.proof(''take-passkey'', %1$L))', play.credential('zoe'))), repeat('c', 43),
	'what it was to be made for is told');
select is(play.act('zoe', format('select public.take_enrollment(%1$L, play.proof(''take-passkey'', %1$L))', play.credential('zoe'))), null, 'once');
select is(play.act('zoe', 'with made as (' || play.add_passkey('zoe') || ' as said) select said ->> ''first'' from made'), 'true',
	'then it is added, the first step of hers');
select is((select count(*) from app_private.recovery_codes where user_id = play.id('zoe')), 10::bigint, 'with ten recovery codes');
select is(play.act('zoe', 'select public.get_two_factor(7) ->> ''done'''), 'true', 'and her session has shown it');
select play.asked('zoe', 'add', play.credential('adam'));
select is(play.attempt('zoe', play.add_passkey('adam')), '23505', 'a passkey of somebody else is not added');
insert into app_private.passkeys (user_id, credential, public_key, counter, transports, name)
	select play.id('zoe'), repeat('z', 20) || n, repeat('p', 80), 0, '', 'key' from generate_series(1, 9) as n;
select play.asked('zoe', 'add', play.credential('eleventh'));
select is(play.attempt('zoe', play.add_passkey('eleventh')), 'PT409', 'nor is an eleventh');
select is(play.attempt('zoe', format('select public.%s_passkey(%L%s)', f, play.id('passkey of adam'), more)), 'PT404', 'nobody else''s is to be ' || f || 'd')
from (values ('rename', ', ''mine'''), ('remove', '')) v (f, more);
delete from app_private.passkeys where user_id = play.id('zoe') and credential ~ '^z' and credential <> repeat('z', 20) || 1;
create function play.removes(actor text, which text) returns text language sql as $$
	select play.outcome(actor, format('remove_passkey(%L)', (select id from app_private.passkeys where credential = which)))
$$;
select is(play.removes('zoe', play.credential('zoe')), 'removed', 'one of two is removed');
select is(play.removes('zoe', repeat('z', 20) || 1), 'off', 'without the last one two-step verification is off');
select is((select count(*) from app_private.recovery_codes where user_id = play.id('zoe'))
	+ (select count(*) from public.two_factor where user_id = play.id('zoe')), 0::bigint, 'of which nothing is left');
select is(play.removes('adam', play.credential('adam')), 'removed', 'where an app makes codes it stays on');
select is((select string_agg(action, ' ' order by number) from public.audit_events where scope = 'account' and subject = play.id('zoe')
	and action ~ 'two_factor'), 'two_factor.turned_on two_factor.passkey_removed two_factor.turned_off', 'all stand in the audit trail');

-- Off as a whole by a passkey: what was signed to show a step and was proven for that is not enough.
create function play.turns_off(actor text, purpose text, counter bigint) returns text language sql as $$
	select format('disable_by_passkey(%L, %L, %s, play.proof(%L, %L))', k, repeat('c', 43), counter, purpose,
		concat_ws('|', k, repeat('c', 43), counter)) from (select play.credential(actor) as k) x
$$;
select is(play.outcome('uma', play.turns_off('uma', 'disable', 7)), 'wrong', 'without anything to sign nothing is turned off');
select is(play.without('use_challenge(purpose text, credential text, challenge text)', $$play.outcome('uma', play.turns_off('uma', 'disable', 7))$$), 'off',
	'it is what she was to sign that keeps it so');
select play.asked('uma', 'show');
select is(play.outcome('uma', play.turns_off('uma', 'disable', 7)), 'wrong', 'nor before a signature was checked');
select play.asked('uma', 'show', play.credential('uma'));
select is(play.attempt('uma', 'select public.' || play.turns_off('uma', 'passkey', 7)), 'PT403', 'nor by a proof that it showed a step');
select is(play.outcome('uma', play.turns_off('uma', 'disable', 6)), 'wrong', 'nor by a counter that stands still');
select play.asked('uma', 'show', play.credential('uma'));
select is(play.outcome('uma', play.turns_off('uma', 'disable', 7)), 'off', 'what was checked turns it off');
select is((select count(*) from app_private.passkeys where user_id = play.id('uma'))
	+ (select count(*) from app_private.totp_secrets where user_id = play.id('uma'))
	+ (select count(*) from public.two_factor where user_id = play.id('uma')), 0::bigint, 'of which nothing is left, nor of her app');
select is((select action from public.audit_events where scope = 'account' and subject = play.id('uma') order by number desc limit 1),
	'two_factor.turned_off', 'and it stands in the audit trail');

select play.asked('uma', 'show');
update app_private.step_challenges set at = now() - interval '6 minutes';
select app.remove_due_steps();
select is((select count(*) from app_private.step_challenges), 0::bigint, 'what was to be signed is swept away');

select * from finish();
rollback;
