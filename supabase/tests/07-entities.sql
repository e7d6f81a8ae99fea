-- Entities: drawn, created, changed, left, deleted.
begin;
\ir cast.psql
select no_plan();

create function play.draw(actor text) returns uuid language sql as $$
	select play.act(actor, 'select public.draw_entity_id()')::uuid
$$;
create function play.create(entity uuid, kind text default 'person', body text default play.body()) returns text language sql as $$
	select format('select public.create_entity(%L, %L, %L)', entity, kind, body)
$$;

-- Ids are drawn by one person and used once.
create table play.drawn as select play.draw('zoe') as zoes, play.draw('sten') as stens;
select isnt(zoes, stens, 'every id is another') from play.drawn;
select is(play.who_can(play.create(zoes)), 'zoe', 'an id is used by who drew it') from play.drawn;
select is(play.attempt('sten', play.create(zoes)), 'PT409', 'by nobody else') from play.drawn;
select is(play.attempt('zoe', play.create(gen_random_uuid())), 'PT409', 'an id that was not drawn is not used');
select is(play.attempt('zoe', play.create(zoes, 'robot')), '23514', 'an entity is of a kind we know') from play.drawn;
select is(play.attempt('zoe', play.create(zoes, 'pet', 'Rex')), '23514', 'its body is sealed') from play.drawn;
create table play.made as select play.act('zoe', play.create(zoes))::jsonb as entity from play.drawn;
select is(entity - 'id' - 'epoch', jsonb_build_object('restored_from', null, 'avatar', null, 'kind', 'person', 'rev', '1', 'body', play.body(), 'role', 'owner',
	'domains', '["health", "finances", "administration", "chat"]'::jsonb), 'who creates it owns it with all domains') from play.made;
select is(play.attempt('zoe', play.create(zoes)), 'PT409', 'an id is used once') from play.drawn;
select is((select array_agg(seq) from public.heads where entity_id = zoes), array[0, 0, 0, 0]::bigint[], 'four domains begin') from play.drawn;
update app_private.limits set value = 1 where name = 'entities_per_person';
select is(play.attempt('sten', play.create(stens)), 'PT413', 'a person has so many entities and no more') from play.drawn;
update app_private.limits set value = 3 where name = 'drawn_ids_per_day';
select is(play.attempt('zoe', 'select public.draw_entity_id()'), 'rows', 'a person draws some ids a day');
select play.draw('zoe'), play.draw('zoe');
select is(play.attempt('zoe', 'select public.draw_entity_id()'), 'PT429', 'and no more');

-- Listing.
select is((select string_agg(e ->> 'id', ' ') from jsonb_array_elements(play.act('vera', 'select public.list_entities()')::jsonb) as e),
	play.id('house')::text, 'everybody lists their own');
select is(play.act('fina', 'select public.list_entities()')::jsonb -> 0 -> 'domains', '["finances"]', 'with the domains that are open');
select is(play.act('fina', 'select public.list_entities()')::jsonb -> 0 ->> 'role', 'viewer', 'and the role');

-- Changing.
create function play.edit(rev text, kind text default null) returns text language sql as $$
	select format('select public.update_entity(%L, %L, %L, %L)', play.id('house'), rev, play.body('e'), kind)
$$;
select is(play.act('adam', play.edit('2'))::jsonb ->> 'rev', '2', 'an administrator changes it');
select is(play.act('olga', play.edit('3', 'company'))::jsonb ->> 'kind', 'company', 'also what kind it is');
select is(play.attempt('olga', play.edit(rev)), 'PT409', format('revision %s does not follow 3', rev))
from unnest(array['3', '5', '2', '', 'x', '04', '99999999999999999999']) as rev;
select is(play.attempt('mark', play.edit('4')), 'PT403', 'a member does not');

-- Leaving.
select is(play.attempt('olga', format('select public.leave_entity(%L)', play.id('house'))), 'PT409', 'the last owner stays');
update public.memberships set role = 'owner' where user_id = play.id('adam');
select is(play.attempt('olga', format('select public.leave_entity(%L)', play.id('house'))), 'rows', 'one of two owners may leave');
select play.act('vera', format('select public.leave_entity(%L)', play.id('house'))) is not null;
select is(play.attempt('vera', format('select public.pull_records(%L, ''{}'')', play.id('house'))), 'PT403', 'who left sees nothing');
select is(play.act('vera', 'select count(*) from public.entities'), '0', 'also not in the tables');

-- What hangs on what.
select throws_ok(format('delete from public.entities where id = %L', play.id('house')), '23503', null, 'an entity with members is not deleted by itself');
select throws_ok(format('delete from public.heads where entity_id = %L', play.id('house')), '23503', null, 'a head with records neither');
select throws_ok(format('update public.heads set domain = ''x'' where entity_id = %L', play.id('house')), '23503', null, 'nor moved');
select throws_ok(format('delete from auth.users where id = %L', play.id('mark')), null, null, 'a member''s account neither');

-- Deleting, with all it holds; the id is never used again.
select is(play.attempt('mark', format('select public.delete_entity(%L)', play.id('house'))), 'PT403', 'a member does not delete it');
select play.act('olga', format('select public.delete_entity(%L)', play.id('house'))) is not null;
select is_empty(format($$ select * from public.%I where entity_id = %L $$, t, play.id('house')), format('%s of it are gone', t))
from unnest(array['records', 'record_history', 'heads', 'memberships']) as t;
select is((select count(*) from public.entities where id = play.id('house')), 0::bigint, 'it is gone');
select is((select count(*) from public.records where entity_id = play.id('cabin')) + (select count(*) from public.memberships where entity_id = play.id('cabin')),
	1::bigint, 'what is another''s stays');
select is(play.attempt('olga', play.create(play.id('house'))), 'PT409', 'its id is never used again');
select ok(exists (select from public.audit_events where scope = 'account' and subject = play.id('olga') and action = 'entity.delete'),
	'its owner''s trail tells of it');

select * from finish();
rollback;
