-- Keys of a person: turned on, changed, reset; told by somebody with a stolen session, too.
begin;
\ir cast.psql
\ir keys.psql
select no_plan();

create function play.versions(person text) returns text language sql as $$
	select string_agg(version || case when kept_until is null then '' else ' for ' || extract(day from kept_until - now()) end, ', ' order by version)
	from public.user_keys where user_id = play.id(person)
$$;
create function play.noted(person text) returns text language sql as $$
	select string_agg(action, ' ' order by number) from public.audit_events
	where scope = 'account' and subject = play.id(person) and action like 'keys.%'
$$;

-- On.
select is(play.act('olga', 'select public.get_keys()')::jsonb - 'at', jsonb_build_object('version', 1, 'slots', play.slots('a') || '{"recovery": null}',
	'identity', play.identity('olga'), 'reset', null), 'what was put is given back');
select is(play.act('vera', 'select public.get_keys()'), null, 'who did not turn it on has none');
select is(play.attempt('vera', 'select public.get_bundle()'), 'PT404', 'and no bundle');
select is(play.attempt('vera', format('select public.put_bundle(1, %L)', play.body())), 'PT404', 'nor may put one');
select is(play.attempt('vera', 'select public.ask_reset()'), 'PT404', 'nor ask for a reset');
select is(play.head('health'), '0-1', 'health has its first generation, and is still read without');
select is((select string_agg(action, ' ' order by number) from public.audit_events where scope = 'entity' and subject = play.id('house')
	and action ~ '^(roster|domain)'), 'domain.switched_on roster.posted', 'which the house remembers');

-- Two devices at once: the second one is told what was first, and nothing of it stays.
select is(play.act('olga', play.put(1, play.identity('olga', 2)))::jsonb ->> 'conflict', 'keys', 'a version is put once');
select is(play.act('olga', play.put(1, play.identity('olga', 2)))::jsonb #>> '{keys,version}', '1', 'whoever comes second gets the current one');
select is(play.act('olga', play.put(3, play.identity('olga')))::jsonb ->> 'conflict', 'keys', 'none is skipped');

-- Only shortly after a sign-in, the first ones too.
select is(play.attempt('vera', play.put(1, play.identity('vera'))), 'PT428', 'an old session turns nothing on');
select is(play.act('vera', 'select public.get_keys()'), null, 'and leaves nothing');
select is(play.attempt('olga', play.put(2, play.identity('olga'))), 'PT428', 'an old session replaces no keys');
select play.sign_in('olga', '5 minutes 1 second');
select is(play.attempt('olga', play.put(2, play.identity('olga'))), 'PT428', 'nor one older than five minutes');
select play.sign_in('olga', '4 minutes 59 seconds');
select is(play.attempt('olga', play.put(2, play.identity('olga'))), 'rows', 'a younger one does');

-- Slots, under the same identity: a recovery code is made, renewed, revoked.
select is(play.act('olga', play.put(2, play.identity('olga'), play.slots('a', 'one'), bundle => 3))::jsonb ->> 'conflict', 'bundle',
	'with a bundle that is not the next one nothing is put');
select is(play.act('olga', play.put(2, play.identity('olga'), play.slots('a', 'one'), bundle => 3))::jsonb #>> '{bundle,version}', '1', 'and the current one is told');
select is(play.versions('olga'), '1', 'nothing of it stayed');
select play.act('olga', play.put(2, play.identity('olga'), play.slots('a', 'one'))) is not null
	and play.act('olga', play.put(3, play.identity('olga'), play.slots('a', 'two'))) is not null
	and play.act('olga', play.put(4, play.identity('olga'), play.slots('a'))) is not null as "a code is made, renewed, revoked";
select is(play.noted('olga'), 'keys.created keys.slots_changed keys.recovery_made keys.slots_changed keys.recovery_renewed keys.slots_changed keys.recovery_revoked',
	'each is noted');
select is((select count(*) from public.identities where user_id = play.id('olga')), 1::bigint, 'the identity stays');
select is(play.attempt('olga', play.put(5, play.identity('olga'), succession => play.succession('olga', 1))), 'PT400', 'and nothing leads to itself');
select is(play.versions('olga'), '1 for 90, 2 for 90, 3 for 90, 4', 'the ones before are kept for 90 days');
select is(play.act('olga', 'select public.get_keys(2)')::jsonb -> 'slots', play.slots('a', 'one'), 'and are given when asked for');
select is(play.act('olga', 'select public.get_bundle(keys => 2)')::jsonb ->> 'version', '2', 'with their bundle');
select is(play.attempt('olga', 'select public.get_keys(5)'), 'PT404', 'what never was is not');

-- Another identity follows by its statement, or by nothing but a reset.
select is(play.attempt('olga', play.put(5, play.identity('olga', 2))), 'PT425', 'without a statement keys are not replaced');
select is(play.attempt('olga', play.put(5, play.identity('olga', 3), succession => play.succession('olga', 1))), 'PT400', 'nor by one to another identity');
select is(play.attempt('olga', play.put(5, play.identity('olga', 3), succession => play.succession('olga', 2))), 'PT400', 'nor by one from another');
select play.sign_in('vera');
select is(play.attempt('vera', play.put(1, play.identity('vera', 2), succession => play.succession('vera', 1))), 'PT400', 'nor does the first one follow any');
select is(play.attempt('olga', play.put(5, play.identity('olga', 2), play.slots('b') #- '{password,token}', succession => play.succession('olga', 1))), '23502',
	'a slot lacks nothing');
select is(play.attempt('olga', play.put(5, play.identity('olga', 2), s.slots, succession => play.succession('olga', 1))), '23514', s.title)
from (values
	(jsonb_set(play.slots('b'), '{password,params}', '[65535, 3, 1]'), 'memory is not below the floor'),
	(jsonb_set(play.slots('b'), '{password,params}', '[65536, 2, 1]'), 'passes neither'),
	(jsonb_set(play.slots('b'), '{password,params}', '[65536, 3]'), 'there are three parameters'),
	(jsonb_set(play.slots('b'), '{password,salt}', '"AAAA"'), 'a salt has 16 bytes'),
	(play.slots('b', 'x') #- '{recovery,salt}', 'a recovery slot is whole')
) s (slots, title);
select is(play.attempt('olga', play.put(5, play.identity('olga', 2), succession => play.succession('olga', 1))), 'PT409',
	'no entity of hers is left behind with the identity before');
select play.act('olga', play.put(5, play.identity('olga', 2), play.slots('b'), jsonb_build_array(play.roster(play.domain('health', 0, 1),
	jsonb_build_array(play.member('olga', nth => 2)))), play.succession('olga', 1))) is not null as "Olga changes her password";
select is((play.act('vera', format('select public.list_identities(%L)', play.id('olga')))::jsonb #> '{identities,1}') - 'at', play.identity('olga', 2),
	'the others see both identities');
select is(play.act('vera', format('select public.list_identities(%L)', play.id('olga')))::jsonb -> 'successions', jsonb_build_array(play.succession('olga', 1)),
	'and what leads from one to the other');
select is((select count(*) from public.key_grants where member_id = play.id('olga')), 2::bigint, 'the new identity has its grants at once, the old one keeps its own');

-- A reset: asked for, a day waited, cancelled from anywhere, done once.
select play.act('olga', 'select public.ask_reset()') is not null as "somebody with a session of Olga's asks for a reset";
select is(play.attempt('olga', play.put(6, play.identity('olga', 9))), 'PT425', 'at once nothing is replaced');
update public.key_resets set due_at = now() + interval '1 second', asked_at = now() - interval '86399 seconds' where user_id = play.id('olga');
select is(play.attempt('olga', play.put(6, play.identity('olga', 9))), 'PT425', 'a second before the day is over neither');
select is(play.act('olga', 'select public.ask_reset()')::jsonb ->> 'is_new', 'false', 'asking again changes nothing');
select is((play.act('olga', 'select public.get_keys()')::jsonb #>> '{reset,due}')::timestamptz - now() < interval '2 seconds', true, 'nor the time');
insert into auth.sessions (id, user_id, created_at) values (play.id('another session'), play.id('olga'), now() - interval '3 days');
create or replace function play.claims(actor text) returns jsonb language sql stable as $$
	select jsonb_build_object('role', 'authenticated', 'sub', play.id(split_part(actor, ' ', 1)), 'session_id',
		case when actor like '% elsewhere' then play.id('another session') else play.id('session of ' || actor) end)
$$;
select play.act('olga elsewhere', 'select public.cancel_reset()') is not null as "Olga cancels it on her telephone";
select is(play.act('olga', 'select public.get_keys()')::jsonb ->> 'reset', null, 'it is gone');
select is(play.attempt('olga', play.put(6, play.identity('olga', 9))), 'PT425', 'and opens nothing when its day comes');
select play.act('olga', 'select public.ask_reset()') is not null as "later she lost her password indeed";
update public.key_resets set due_at = now() - interval '7 days' where user_id = play.id('olga');
select is(play.attempt('olga', play.put(6, play.identity('olga', 9))), 'PT425', 'a reset that nobody finished for a week is over');
update public.key_resets set due_at = now() where user_id = play.id('olga');
select play.sign_in('olga', '1 hour');
select is(play.attempt('olga', play.put(6, play.identity('olga', 9))), 'PT428', 'one that is due needs a fresh sign-in');
select play.sign_in('olga');
select play.act('olga', play.put(6, play.identity('olga', 9), play.slots('c'))) is not null as "Olga finishes it";
select is(play.versions('olga'), '1 for 90, 2 for 90, 3 for 90, 4 for 90, 5 for 365, 6', 'the keys before a reset are kept for a year');
select is((select extract(day from kept_until - now()) from public.bundles where user_id = play.id('olga') and version = 5), 365::numeric, 'their bundle too');
select is(play.attempt('olga', play.put(7, play.identity('olga', 10))), 'PT425', 'a reset is used once');
select matches(play.noted('olga'), 'keys.changed keys.reset_asked keys.reset_cancelled keys.reset_asked keys.reset_done$', 'all of it is noted');

-- The bundle by itself.
select is(play.act('olga', format('select public.put_bundle(7, %L)', play.body('s')))::jsonb #>> '{bundle,version}', '7', 'the next bundle is taken');
select is(play.act('olga', format('select public.put_bundle(7, %L)', play.body('t')))::jsonb, jsonb_build_object('conflict', true, 'bundle',
	jsonb_build_object('version', 7, 'body', play.body('s'))), 'the same version again is told the one that is there');
select is(play.attempt('olga', 'select public.put_bundle(8, ''hello'')'), '23514', 'a bundle is sealed');
select is(play.act('olga', 'select public.get_bundle(version => 1)')::jsonb ->> 'body', play.body('b'), 'an earlier one is kept');

-- Nothing that was put is changed or lost, whoever owns the table.
select throws_ok(s.statement, '55000', null, s.title)
from (values
	('update public.user_keys set token = salt where version = 6', 'keys are never changed'),
	('update public.user_keys set kept_until = null where version = 1', 'nor brought back'),
	('update public.user_keys set kept_until = now() where version = 1', 'nor kept for less'),
	('delete from public.user_keys where version = 6', 'the current ones are not deleted'),
	('update public.bundles set body = body || ''A''', 'a bundle is never changed'),
	('update public.identities set sign = sign', 'an identity neither'),
	('delete from public.identities', 'nor deleted')
) s (statement, title);

-- What is due goes; before that it is erased by its owner, shortly after a sign-in.
alter table public.user_keys disable trigger keep;
update public.user_keys set kept_until = now() - interval '1 second' where user_id = play.id('olga') and version in (1, 5);
alter table public.user_keys enable trigger keep;
update app_private.sweeps set swept_at = '-infinity';
select play.act('zoe', 'select public.list_entities()') is not null as "a stranger comes by";
select is(play.versions('olga'), '2 for 90, 3 for 90, 4 for 90, 6', 'what is due is swept, and nothing else');
select play.sign_in('olga', '1 hour');
select is(play.attempt('olga', 'select public.erase_kept_keys()'), 'PT428', 'a stolen session erases nothing');
select play.sign_in('olga');
select play.act('olga', 'select public.erase_kept_keys()') is not null as "somebody with her password wants to erase what she had";
select is(play.versions('olga'), '2 for 90, 3 for 90, 4 for 90, 6', 'what was set aside within a day stays');
select is((select array_agg(version order by version) from public.bundles where user_id = play.id('olga')), array[1, 2, 3, 4, 5, 6, 7], 'bundles alike');
create function play.age(tables text[], by interval) returns void language plpgsql as $$
begin
	for i in 1 .. cardinality(tables) loop
		execute format('alter table public.%I disable trigger keep', tables[i]);
		execute format('update public.%I set at = at - %L::interval, kept_until = kept_until - %L::interval', tables[i], by, by);
		execute format('alter table public.%I enable trigger keep', tables[i]);
	end loop;
end
$$;
select play.age('{user_keys,bundles}', '23 hours 59 minutes') is not null as "a day less a minute goes by";
select play.act('olga', 'select public.erase_kept_keys()') is not null as "too early still";
select is((select count(*) from public.user_keys where user_id = play.id('olga')), 4::bigint, 'a minute before the day is over it stays');
select play.age('{user_keys,bundles}', '1 minute') is not null as "and that minute";
select play.act('olga', 'select public.erase_kept_keys()') is not null as "Olga erases what is kept";
select is(play.versions('olga'), '6', 'what was kept is gone, what is current stays');
select is((select array_agg(version order by version) from public.bundles where user_id = play.id('olga')), array[6, 7],
	'of the bundles stay the newest and the one that came with the keys');
select play.age('{bundles}', '1 year') is not null as "a year goes by, in which a thief with a session put bundle 7";
update app_private.sweeps set swept_at = '-infinity';
select play.act('zoe', 'select public.list_entities()') is not null as "a stranger comes by again";
select is((select array_agg(version order by version) from public.bundles where user_id = play.id('olga')), array[6, 7],
	'the bundle that came with the current keys is never swept');
select is(play.versions('mark'), '1', 'Mark''s are his own');

-- So many a day.
update app_private.limits set value = 0 where name in ('keys_per_day', 'bundles_per_day');
select is(play.attempt('olga', play.put(7, play.identity('olga', 9), bundle => 8)), 'PT429', 'keys are put so often a day');
select is(play.attempt('olga', format('select public.put_bundle(8, %L)', play.body())), 'PT429', 'bundles too');

select * from finish();
rollback;
