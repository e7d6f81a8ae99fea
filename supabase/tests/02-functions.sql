-- Every function of ours, called as every actor. What clients may execute has a case; all else refuses them.
begin;
\ir cast.psql
\ir keys.psql
\ir contents.psql
\ir steps.psql
select no_plan();

create view play.functions as
	select p.oid, p.oid::regprocedure::text as name, p.prosecdef, p.prosrc, n.nspname,
		has_function_privilege('authenticated', p.oid, 'execute') or has_function_privilege('anon', p.oid, 'execute') as open,
		has_function_privilege('anon', p.oid, 'execute') as open_to_anon,
		format('select %I.%I(%s)', n.nspname, p.proname, (
			select string_agg(format('null::%s', format_type(t, null)), ', ') from unnest(p.proargtypes) as t
		)) as call
	from pg_proc p join pg_namespace n on n.oid = p.pronamespace
	where n.nspname in ('public', 'app', 'app_private')
		and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e');

create table play.function_cases (name text, who text, statement text);
insert into play.function_cases
select name, who, replace(replace(statement, '$house', quote_literal(play.id('house'))), '$body', quote_literal(play.body('z')))
from (values
	('draw_entity_id()', 'olga adam anna mark vera fina hella sten zoe', 'select public.draw_entity_id()'),
	('create_entity(uuid,text,text)', 'zoe', 'select public.create_entity(md5(''yard'')::uuid, ''pet'', $body)'),
	('update_entity(uuid,text,text,text,text)', 'olga adam', 'select public.update_entity($house, ''2'', $body)'),
	('delete_entity(uuid)', 'olga', 'select public.delete_entity($house)'),
	('leave_entity(uuid)', 'adam anna mark vera fina hella', 'select public.leave_entity($house)'),
	('list_entities()', 'olga adam anna mark vera fina hella sten zoe', 'select public.list_entities()'),
	('pull_records(uuid,jsonb,integer)', 'olga adam anna mark vera fina',
		'select public.pull_records($house, ''{"finances": "0"}'', 10)'),
	('push_records(uuid,json)', 'olga adam mark', 'select from (select public.push_records($house, '
		|| quote_literal(jsonb_build_array(jsonb_build_object('change', gen_random_uuid(), 'id', gen_random_uuid(),
			'domain', 'finances', 'base', '0', 'state', 'live', 'body', play.body())))
		|| ') -> 0 ->> ''status'' as status) x where x.status = ''accepted'''),
	('read_history(uuid,uuid)', 'olga adam anna mark vera fina',
		'select from (select public.read_history($house, md5(''a finances record'')::uuid) as h) x where json_array_length(h) = 1'),
	('list_audit(uuid,text)', 'olga adam', 'select public.list_audit($house)'),
	('get_keys(integer)', 'olga mark sten', 'select from (select public.get_keys() as keys) x where keys is not null'),
	('get_bundle(integer,integer)', 'olga mark sten', 'select public.get_bundle()'),
	('put_bundle(integer,text)', 'olga mark sten', 'select public.put_bundle(2, $body)'),
	('put_keys(integer,jsonb,jsonb,jsonb,jsonb,text)', 'adam vera zoe',
		'select from (' || play.put(1, play.identity('anybody')) || ' ->> ''conflict'' as conflict) x where conflict is null'),
	('erase_kept_keys()', 'adam vera zoe', 'select public.erase_kept_keys()'),
	('ask_reset()', 'olga mark sten', 'select public.ask_reset()'),
	('cancel_reset()', 'olga adam anna mark vera fina hella sten zoe', 'select public.cancel_reset()'),
	('put_pin(uuid,text,text)', 'olga mark sten', 'select public.put_pin(md5(''pin'')::uuid, play.hash(''pin''), $body)'),
	('try_pin(text)', 'olga adam', 'select from (select public.try_pin(play.hash(''pin'')) ->> ''outcome'' as o) x where o = ''right'''),
	('remove_pin()', 'olga adam anna mark vera fina hella sten zoe', 'select public.remove_pin()'),
	('list_identities(uuid)', 'olga adam anna mark vera fina hella', format('select public.list_identities(%L)', play.id('mark'))),
	('list_rosters(uuid,integer,text)', 'olga adam anna mark vera fina hella', 'select public.list_rosters($house)'),
	('get_newest_roster(uuid)', 'olga adam anna mark vera fina hella', 'select public.get_newest_roster($house)'),
	('post_roster(uuid,jsonb)', 'olga', 'select from (' || play.post(play.roster(play.domain('health', 0, 1) || play.domain('finances', 0, 1)))
		|| ' -> ''roster'' ->> ''counter'' as counter) x where counter = ''2'''),
	('list_grants(uuid)', 'olga adam anna mark vera fina hella', 'select public.list_grants($house)'),
	('post_grants(uuid,jsonb)', 'olga adam', 'select public.post_grants($house, ''[]'')'),
	('list_stale(uuid,text,integer,integer,uuid,text)', 'olga adam', 'select public.list_stale($house, ''health'', 1)'),
	('reseal_records(uuid,text,jsonb)', 'olga adam', 'select public.reseal_records($house, ''health'', ''[]'')'),
	('open_content(uuid,text,uuid,boolean)', 'olga adam mark', 'select public.open_content($house, ''finances'', gen_random_uuid())'),
	('list_stale_contents(uuid,text,integer)', 'olga adam', 'select public.list_stale_contents($house, ''finances'')'),
	('begin_part(uuid,integer)', 'mark', format('select public.begin_part(%L, 1)', play.id('content of finances'))),
	('read_content(uuid,integer)', 'olga adam anna mark vera fina',
		format('select public.read_content(%L, 0)', play.id('content of finances'))),
	('complete_content(uuid,integer,bigint)', 'mark',
		format('select public.complete_content(%L, 1, 5)', play.id('content of finances'))),
	('release_content(uuid)', 'olga adam mark', format('select public.release_content(%L)', play.id('content of finances'))),
	('list_due_parts(integer)', 'olga adam anna mark vera fina hella sten zoe', 'select public.list_due_parts()'),
	('list_due_plain(integer)', 'olga adam anna mark vera fina hella sten zoe', 'select public.list_due_plain()'),
	('note_export(uuid,text)', 'olga adam anna', 'select public.note_export($house, ''health'')'),
	('list_sessions()', 'olga adam anna mark vera fina hella sten zoe', 'select public.list_sessions()'),
	('revoke_session(uuid)', 'olga', format('select public.revoke_session(%L)', play.id('session of olga'))),
	('revoke_other_sessions()', 'olga adam anna mark vera fina hella sten zoe', 'select public.revoke_other_sessions()'),
	('set_session_rules(integer,integer)', 'olga adam anna mark vera fina hella sten zoe', 'select public.set_session_rules(86400, null)'),
	-- A device whose token has run out asks this about a session whose id it knows.
	('how_session_ended(uuid)', array_to_string(play.actors(), ' '),
		format('select where public.how_session_ended(%L) = ''revoked''', play.id('a revoked session'))),
	-- What a server counts for all of them, with the app's key and no token.
	('count_use(text,bigint,integer,jsonb)', 'nobody', format(
		'select public.count_use(%1$L, 1, 60, play.proof(''count'', ''use|%1$s|1|60''))', repeat('k', 43))),
	('count_attempt(text,integer,jsonb)', 'nobody', format(
		'select public.count_attempt(%1$L, 5, play.proof(''count'', ''attempt|%1$s|5''))', repeat('k', 43))),
	('forget_count(text,jsonb)', 'nobody', format(
		'select public.forget_count(%1$L, play.proof(''count'', ''forget|%1$s''))', repeat('k', 43))),
	-- What a session may do before its second step.
	('get_two_factor(bigint)', 'olga adam anna mark vera fina hella uma sten zoe', 'select public.get_two_factor(7)'),
	('begin_step(text,jsonb)', 'olga adam anna mark vera fina hella uma sten zoe',
		'select public.begin_step(''on'', play.proof(''begin'', ''on''))'),
	('elevate_session(bigint,jsonb)', 'adam uma',
		'select from (select public.elevate_session(101, play.proof(''elevate'', ''101'')) ->> ''outcome'' as o) x where o = ''elevated'''),
	('elevate_by_recovery(text,jsonb)', 'adam uma', 'select from (select public.elevate_by_recovery(h, play.proof(''recover'', h))'
		|| ' ->> ''outcome'' as o from unnest(array[play.hash(''adam1''), play.hash(''uma1'')]) as h) x where o = ''elevated'''),
	('ask_passkey(text,jsonb)', 'olga adam anna mark vera fina hella uma sten zoe',
		format('select public.ask_passkey(%1$L, play.proof(''ask-passkey'', %1$L))', repeat('c', 43))),
	('try_passkey(text,jsonb)', 'olga adam anna mark vera fina hella uma sten zoe',
		'select public.try_passkey(''k'', play.proof(''try-passkey'', ''k''))'),
	('elevate_by_passkey(text,text,bigint,jsonb)', 'adam uma', format('select from (select public.elevate_by_passkey(k, %1$L, 1,'
		|| ' play.proof(''passkey'', k || ''|%1$s|1'')) ->> ''outcome'' as o from unnest(array[%2$L, %3$L]) as k) x where o = ''elevated''',
		repeat('c', 43), play.credential('adam'), play.credential('uma'))),
	-- What it may do only after it.
	('enroll_passkey(text,jsonb)', 'adam vera zoe',
		format('select public.enroll_passkey(%1$L, play.proof(''enroll-passkey'', %1$L))', repeat('c', 43))),
	('take_enrollment(text,jsonb)', 'olga adam anna mark vera fina hella sten zoe',
		'select public.take_enrollment(''k'', play.proof(''take-passkey'', ''k''))'),
	('add_passkey(text,text,text,bigint,text,text,text,jsonb)', 'zoe', play.add_passkey('zoe')),
	('rename_passkey(uuid,text)', 'adam', format('select public.rename_passkey(%L, ''phone'')', play.id('passkey of adam'))),
	('remove_passkey(uuid)', 'adam', format('select public.remove_passkey(%L)', play.id('passkey of adam'))),
	('enroll_two_factor(bigint,text,jsonb)', 'vera zoe',
		'select public.enroll_two_factor(1, $body, play.proof(''enroll'', ''1|'' || $body))'),
	('confirm_two_factor(bigint,bigint,text,jsonb)', 'zoe',
		'select public.confirm_two_factor(1, 101, play.hashes(''z''), play.proof(''confirm'', ''1|101|'' || play.hashes(''z'')))'),
	('disable_two_factor(bigint,text,jsonb)', 'adam',
		'select from (select public.disable_two_factor(101, null, play.proof(''disable'', ''101'')) ->> ''outcome'' as o) x where o = ''off'''),
	('disable_by_passkey(text,text,bigint,jsonb)', 'adam', format('select from (select public.disable_by_passkey(%1$L, %2$L, 1,'
		|| ' play.proof(''disable'', ''%1$s|%2$s|1'')) ->> ''outcome'' as o) x where o = ''off''', play.credential('adam'), repeat('c', 43))),
	('renew_recovery_codes(text,jsonb)', 'adam',
		'select public.renew_recovery_codes(play.hashes(''z''), play.proof(''renew'', play.hashes(''z'')))'),
	-- Policies ask these; a session that was revoked, or showed no second step, may know what they say, and has no row of storage by it.
	('app.may_add_part(text)', 'mark', format('select where app.may_add_part(%L)', play.part('finances'))),
	('app.may_read_part(text)', 'olga adam anna mark vera fina rita uma sessionless garbled',
		format('select where app.may_read_part(%L)', play.part('finances'))),
	('app.is_due(text,timestamp with time zone)', 'olga adam anna mark vera fina hella rita uma sten zoe sessionless garbled borrowed',
		'select where app.is_due(''nowhere'', now() - interval ''2 days'')'),
	('app.may_at(text,text)', 'olga adam mark hella rita uma sessionless garbled',
		format('select where app.may_at(''files.upload'', %L)', play.avatar())),
	('app.may_add_plain(text)', 'olga adam rita uma sessionless garbled', format('select where app.may_add_plain(%L)', play.avatar('another'))),
	('app.may_delete_plain(text,timestamp with time zone)', 'olga adam rita uma sessionless garbled',
		format('select where app.may_delete_plain(%L, now())', play.plain('attachment'))),
	('app.session_ok()', 'olga adam anna mark vera fina hella sten zoe', 'select where app.session_ok()'),
	-- These tell a person's own memberships and no more; without a table they open nothing, so a session that was
	-- revoked may know.
	('app.member_entities(text,boolean)', 'olga adam mark rita uma sessionless garbled',
		'select from app.member_entities(''finances'', true) as e where e = $house'),
	('app.entities_with(text)', 'olga adam rita uma sessionless garbled',
		'select from app.entities_with(''audit.view'') as e where e = $house'),
	('app.known_people()', 'olga adam anna mark vera fina hella rita uma sessionless garbled',
		format('select from app.known_people() as p where p = %L', play.id('mark'))),
	('app.may_hear(text)', 'olga adam anna mark vera fina rita uma sessionless garbled',
		'select where app.may_hear(''records:'' || $house || '':finances'')')
) c (name, who, statement);
-- For keys it takes a sign-in of the last minutes, or as with Adam a code of them.
select play.sign_in('vera'), play.sign_in('zoe');
insert into app_private.pin_shares (session_id, user_id, id, hash, body)
	select play.id('session of ' || p), play.id(p), play.id('share of ' || p), play.hash('pin'), play.body('p')
	from unnest(array['olga', 'adam', 'rita', 'uma']) as p;
insert into app_private.ended_sessions (session_id, user_id, how) values (play.id('a revoked session'), play.id('zoe'), 'revoked');
insert into app_private.totp_secrets (user_id, state, version, body) values (play.id('zoe'), 'waiting', 1, play.body('s'));
select play.has_passkey('adam'), play.has_passkey('uma');
select play.asked('adam', 'show', play.credential('adam')), play.asked('uma', 'show', play.credential('uma')),
	play.asked('zoe', 'add', play.credential('zoe'));
insert into app_private.drawn_ids (id, drawn_by) values (md5('yard')::uuid, play.id('zoe'));

select is_empty($$
	select name from play.functions where open_to_anon and name <> 'how_session_ended(uuid)'
		and (not prosecdef or prosrc !~ 'begin\s+perform app.take_proof\(''count''')
$$, 'who is not signed in may ask what became of a session; all else that is open to them begins with the server''s proof');
select is_empty($$
	select name from play.functions f where f.open and not exists (select from play.function_cases c where c.name = f.name)
$$, 'every function that clients may execute has a case');
select is_empty($$
	select c.name from play.function_cases c where not exists (select from play.functions f where c.name = f.name and f.open)
$$, 'every case is of a function that clients may execute');
select is_empty($$
	select name from play.functions where nspname = 'public' and (not prosecdef or prosrc !~ 'me uuid := app.require(_session)?\(')
		and not open_to_anon
$$, 'every other function of public begins with app.require, or with app.require_session');
select results_eq($$
	select name from play.functions where nspname = 'public' and prosrc ~ 'app.require_session\(' order by name
$$, $$
	values ('ask_passkey(text,jsonb)'), ('begin_step(text,jsonb)'), ('elevate_by_passkey(text,text,bigint,jsonb)'),
		('elevate_by_recovery(text,jsonb)'), ('elevate_session(bigint,jsonb)'), ('get_two_factor(bigint)'),
		('try_passkey(text,jsonb)')
$$, 'before its second step a session may call these and no others');
select is_empty($$
	select f.name from play.functions f join pg_proc p on p.oid = f.oid
	where p.prolang <> (select l.oid from pg_language l where l.lanname = 'sql' ) and not coalesce(p.proconfig::text, '') ~ 'search_path'
		or p.prosecdef and not coalesce(p.proconfig::text, '') ~ 'search_path'
$$, 'every function fixes its search path');

select is(play.who_can(c.statement), c.who, format('%s: only %s', c.name, c.who)) from play.function_cases c;

select is((
	select string_agg(actor, ' ') from unnest(play.actors()) as actor where play.attempt(actor, f.call) <> '42501'
), null, format('%s refuses every client', f.name))
from play.functions f where not f.open;

-- The refusals have the codes that the interface turns into 401 and 403.
select is(play.attempt(a.actor, c.statement), a.code, format('%s answers %s with %s', c.name, a.actor, a.code))
from play.function_cases c
cross join (values ('nobody', '42501'), ('rita', 'PT401'), ('sessionless', 'PT401'), ('garbled', 'PT401'), ('borrowed', 'PT401'))
	as a (actor, code)
where c.name !~ '^app\.' and not exists (select from play.functions f where f.name = c.name and f.open_to_anon);
select is(play.attempt('uma', c.statement), case when f.prosrc ~ 'app.require_session' then 'rows' else 'PGRST' end,
	format('%s and a session before its second step', c.name))
from play.function_cases c join play.functions f on f.name = c.name where c.name !~ '^app\.' and not exists (select from play.functions f where f.name = c.name and f.open_to_anon);
select is(play.attempt('sten', c.statement), 'PT403', format('%s answers a stranger with PT403', c.name))
from play.function_cases c where c.statement ~ play.id('house')::text and c.name !~ '^app\.';

select * from finish();
rollback;
