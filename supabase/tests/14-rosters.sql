-- Rosters: each on top of the one before, by who may; domains are switched on, rotated, retired.
begin;
\ir cast.psql
\ir keys.psql
select no_plan();

create table play.owner as select jsonb_build_array(play.member('olga')) as alone,
	jsonb_build_array(play.member('olga'), play.member('adam', 'administrator'), play.member('mark', 'member')) as three;
create function play.with(domain jsonb) returns jsonb language sql as $$ select play.domain('health', 0, 1) || domain $$;

-- The chain.
select is(play.posted('olga', play.roster(play.domain('health', 0, 1), more => '{"counter": 1}') || '{"counter": "1"}'), 'conflict', 'a counter is taken once');
create table play.late as select play.roster(play.domain('health', 0, 1)) as roster;
select is(play.posted('olga', roster), 'posted', 'the next one is taken') from play.late;
select is(play.posted('olga', roster), 'conflict', 'the same again is not') from play.late;
select is(play.act('olga', play.post(roster))::jsonb #>> '{roster,counter}', '2', 'and the newest is told') from play.late;
select is(play.posted('olga', play.roster(play.domain('health', 0, 1), more => jsonb_build_object('prev', play.bytes('fork', 32)))), 'conflict', 'a fork is refused');
select is(play.act('vera', format('select public.list_rosters(%L)', play.id('house')))::jsonb -> 'rosters' -> 1 -> 'bytes', roster -> 'bytes',
	'every member reads the chain, to the byte') from play.late;
select is(jsonb_array_length(play.act('vera', format('select public.list_rosters(%L, 1, ''2'')', play.id('house')))::jsonb -> 'rosters'), 1, 'from a counter on');

-- What is not a roster, or says otherwise than what it came with.
select is(play.attempt('olga', play.post(play.roster(d.domains, d.members, more => d.more) || d.said)), d.answer, d.title)
from (select play.domain('health', 0, 1) as health, alone from play.owner) o cross join lateral (values
	(health, alone, '{"entity": "x"}'::jsonb, '{}'::jsonb, 'PT400', 'its text names the entity'),
	(health, alone, '{"epoch": 2}', '{"epoch": 1}', 'PT400', 'and the epoch'),
	(health, alone, '{"counter": 4}', '{"counter": "3"}', 'PT400', 'and the counter'),
	(health, alone, '{"extra": 1}', '{}', 'PT400', 'it has no other members'),
	(health, alone, '{"v": 2}', '{}', 'PT400', 'it is of version 1'),
	(health, alone, '{}', jsonb_build_object('signer', play.id('adam')), 'PT400', 'who posts it signed it'),
	(health, alone, '{}', '{"signature": "AAAA"}', '23514', 'a signature has 64 bytes'),
	(health, alone, '{}', '{"bytes": "bm9wZQ"}', '22P02', 'its bytes are JSON'),
	(health, alone || alone, '{}', '{}', 'PT400', 'a member stands once'),
	(health, jsonb_build_array(play.member('olga', 'administrator')), '{}', '{}', 'PT400', 'an owner stays'),
	(health, jsonb_build_array(play.member('olga', domains => '{health}')), '{}', '{}', 'PT400', 'who holds every domain'),
	(health || '{"letters": {"oldest": 0, "current": 1, "keys": {"1": "x"}}}', alone, '{}', '{}', 'PT400', 'there are four domains'),
	(jsonb_set(health, '{health,keys,1}', '"AAAA"'), alone, '{}', '{}', 'PT400', 'a key''s hash has 32 bytes'),
	(jsonb_set(health, '{health,keys,2}', to_jsonb(play.bytes('k', 32))), alone, '{}', '{}', 'PT400', 'there is a key for each generation and no more'),
	('{"health": {"oldest": 0, "current": 2147483647, "keys": {}}}', alone, '{}', '{"grants": []}', 'PT400', 'which are counted before they are compared'),
	('{}', alone, '{}', '{}', 'PT400', 'a domain with a user layer stays'),
	(play.domain('health', 0, 3), alone, '{}', '{}', 'PT400', 'generations are not skipped'),
	(jsonb_set(health, '{health,keys,1}', to_jsonb(play.bytes('other', 32))), alone, '{}', '{}', 'PT400', 'the key of a generation is never another'),
	(play.domain('health', 2, 2), alone, '{}', '{}', 'PT400', 'one roster does not rotate and retire'),
	(play.with(play.domain('finances', 0, 2)), alone, '{}', '{}', 'PT400', 'a domain begins with generation 1'),
	(play.with(play.domain('finances', 0, 1)), alone, '{}', '{"grants": []}', 'PT400', 'a new key goes to everybody who has the domain'),
	(play.with(play.domain('finances', 0, 1)), alone, '{}', '{}', 'rows', 'and so it is right')
) d (domains, members, more, said, answer, title);

-- Who may. (The director, who can, puts Adam and Mark into the chain.)
select is(play.attempt('olga', play.post(play.roster(play.domain('health', 0, 1), three))), 'PT403', 'inviting is not there yet, for the owner neither') from play.owner;
alter table public.rosters disable trigger user;
update public.rosters r set bytes = x.roster ->> 'bytes', hash = app.to_text(sha256(app.to_bytes(x.roster ->> 'bytes')))
	from (select play.roster(play.domain('health', 0, 1), three, more => '{"counter": 2}') as roster from play.owner) x
	where r.entity_id = play.id('house') and r.counter = 2;
alter table public.rosters enable trigger user;
select is(play.attempt(a.actor, play.post(play.roster(play.domain('health', 0, 2), three, a.actor))), a.answer, format('%s rotates: %s', a.actor, a.answer))
from play.owner, (values ('olga', 'rows'), ('adam', 'rows'), ('mark', 'PT403'), ('vera', 'PT403'), ('sten', 'PT403')) a (actor, answer);
select is(play.attempt('adam', play.post(play.roster(play.with(play.domain('finances', 0, 1)), three, 'adam'))), 'PT403', 'an administrator switches nothing on') from play.owner;
select is(play.attempt('adam', play.post(play.roster(play.domain('health', 0, 1),
	jsonb_build_array(play.member('olga'), play.member('adam', 'owner'), play.member('mark', 'member')), 'adam'))), 'PT403', 'nor makes themselves owner');
select is(play.attempt('adam', play.post(play.roster(play.domain('health', 0, 1),
	jsonb_build_array(play.member('olga', nth => 2), play.member('adam', 'administrator'), play.member('mark', 'member')), 'adam'))), 'PT403', 'nor gives another an identity');
create table play.moved as select play.post(play.roster(play.domain('health', 0, 1),
	jsonb_build_array(play.member('olga'), play.member('adam', 'administrator', nth => 2), play.member('mark', 'member')), 'adam')) as post;
select is(play.attempt('adam', post), 'PT400', 'their own is not another that nobody knows') from play.moved;
insert into public.identities (user_id, number, kem, sign) select play.id('adam'), n, i ->> 'kem', i ->> 'sign' from generate_series(1, 2) n, play.identity('adam', n) i;
select is(play.attempt('adam', post), 'PT400', 'nor one that no statement leads to') from play.moved;
alter table public.identities disable trigger keep;
update public.identities set succession = play.succession('adam', 1) where user_id = play.id('adam') and number = 2;
alter table public.identities enable trigger keep;
select is(play.attempt('adam', post), 'rows', 'their own moves on') from play.moved;

-- Inviting and removing, as they will be once their features are there.
update app.role_permissions set reserved = false where permission in ('members.invite', 'members.remove', 'members.change_role');
insert into public.identities (user_id, number, kem, sign)
	select play.id(p), 1, i ->> 'kem', i ->> 'sign' from unnest(array['anna', 'vera', 'zoe']) p, play.identity(p, 1) i;
create function play.joined(actor text, member jsonb) returns text language sql as $$
	select play.attempt(actor, play.post(play.roster(play.domain('health', 0, 1), three || member, actor))) from play.owner
$$;
select is(play.joined(j.actor, j.member), j.answer, j.title)
from (values
	('adam', play.member('vera', 'viewer'), 'rows', 'an administrator puts in who stands below'),
	('adam', play.member('vera', 'viewer', nth => 2), 'PT400', 'not by an identity that is not theirs'),
	('adam', play.member('zoe', 'viewer'), 'PT400', 'not a stranger to the house'),
	('adam', play.member('anna', 'owner'), 'PT400', 'not an owner'),
	('adam', play.member('anna', 'administrator'), 'PT400', 'not their like'),
	('olga', play.member('anna', 'owner'), 'rows', 'which an owner does')
) j (actor, member, answer, title);
select matches(play.attempt('adam', play.post(play.roster(play.domain('health', 0, 1),
	jsonb_build_array(play.member('adam', 'administrator'), play.member('mark', 'owner')), 'adam'))), '^PT40[03]$', 'nobody puts another in the owner''s place');
select is(play.attempt('adam', play.post(play.roster(play.domain('health', 0, 1),
	jsonb_build_array(play.member('olga'), play.member('adam', 'administrator')), 'adam'))), 'rows', 'an administrator removes a member');
update app.role_permissions set reserved = true where permission in ('members.invite', 'members.remove', 'members.change_role');
select is(play.attempt('mark', play.post(play.roster(play.domain('health', 0, 1),
	jsonb_build_array(play.member('olga'), play.member('adam', 'administrator')), 'mark') || '{"grants": []}')), 'rows', 'a member signs their own leaving');
select is(play.attempt('adam', play.post(play.roster(play.domain('health', 0, 2), three, 'adam') || jsonb_build_object('grants',
	play.grants('olga', three, play.domain('health', 0, 2), 'house')))), 'PT400', 'nobody grants in the name of another') from play.owner;
select is(play.attempt('adam', play.post(play.roster(play.domain('health', 0, 2), three, 'adam') || jsonb_build_object('grants',
	play.grants('adam', three || jsonb_build_array(play.member('vera', 'viewer')), play.domain('health', 0, 2), 'house')))), 'PT400',
	'nor to a ghost who is not in the roster') from play.owner;
update public.memberships set domains = '{finances}' where user_id = play.id('adam');
select is(play.attempt('adam', play.post(play.roster(play.domain('health', 0, 2), three, 'adam'))), 'PT403', 'nor rotates what is not open to them') from play.owner;

-- Rotating, with the grants.
select is(play.posted('olga', play.roster(play.domain('health', 0, 2), three)), 'posted', 'Olga rotates') from play.owner;
select is(play.head('health'), '0-2', 'new bodies have the new generation');
select is(play.act('mark', format('select public.list_grants(%L)', play.id('house')))::jsonb #>> '{0,generation}', '2', 'Mark has its key');
select is((select array_agg(distinct g ->> 'member') from jsonb_array_elements(play.act('mark', format('select public.list_grants(%L)', play.id('house')))::jsonb) g),
	array[play.id('mark')::text], 'and nobody else''s');
select is(play.act('adam', format('select public.list_grants(%L)', play.id('house'))), '[]', 'Adam, to whom health is closed, gets none');
create table play.granted as select * from public.key_grants;
select play.act('olga', format('select public.post_grants(%L, %L)', play.id('house'), jsonb_set(play.grants('olga', three, play.domain('health', 0, 2), 'house'),
	'{0,sealed}', to_jsonb(play.bytes('planted', 1168))))) is not null from play.owner;
select bag_eq('select * from public.key_grants', 'select * from play.granted', 'a grant that is there is not written over');
select is(play.attempt('mark', format('select public.post_grants(%L, %L)', play.id('house'), '[]')), 'PT403', 'a member grants nothing');
select throws_ok('update public.key_grants set sealed = sealed', '55000', null, 'nor does anybody change one');
select throws_ok('update public.rosters set signature = signature', '55000', null, 'or a roster');

-- A new chain: after a reset, by the one owner, and no generation stands for two keys.
select is(play.attempt('olga', play.post(play.roster(play.domain('health', 0, 3), alone, begins => true))), 'PT403', 'without a reset nobody begins anew') from play.owner;
insert into public.identities (user_id, number, kem, sign) select play.id('olga'), 2, i ->> 'kem', i ->> 'sign' from play.identity('olga', 2) i;
insert into public.user_keys (user_id, version, identity, salt, params, token, account_key, by_reset, at)
	select user_id, 2, 2, salt, params, token, account_key, true, now() + interval '1 second' from public.user_keys where user_id = play.id('olga');
create table play.anew as select jsonb_build_array(play.member('olga', nth => 2)) as olga;
select is(play.attempt('olga', play.post(play.roster(play.domain('health', 0, 2), olga, begins => true))), 'PT400', 'it rotates every domain') from play.anew;
select is(play.attempt('olga', play.post(play.roster(play.domain('health', 0, 3), olga || jsonb_build_array(play.member('mark', 'member')), begins => true))), 'PT400',
	'it has one member') from play.anew;
update public.memberships set role = 'owner' where user_id = play.id('anna');
select is(play.attempt('olga', play.post(play.roster(play.domain('health', 0, 3), olga, begins => true))), 'PT403', 'where there is another owner, that one invites') from play.anew;
update public.memberships set role = 'analyst' where user_id = play.id('anna');
select is(play.posted('olga', play.roster(play.domain('health', 0, 3), olga, begins => true)), 'posted', 'then it begins') from play.anew;
select is((select string_agg(epoch || '.' || counter, ' ' order by epoch, counter) from public.rosters where entity_id = play.id('house')), '1.1 1.2 1.3 2.1',
	'and the old chain is kept');

select is(play.act('vera', format('select public.list_identities(%L)', play.id('olga'))) is not null, true, 'who stood in a roster is known');
delete from public.memberships where user_id = play.id('adam');
select is(jsonb_array_length(play.act('vera', format('select public.list_identities(%L)', play.id('adam')))::jsonb -> 'identities'), 2, 'also once they are gone');

select play.act('olga', format('select public.delete_entity(%L)', play.id('house'))) is not null as "Olga deletes the house";
select is((select count(*) from public.rosters where entity_id = play.id('house')) + (select count(*) from public.key_grants where entity_id = play.id('house')), 0::bigint,
	'its rosters and grants go with it');

select * from finish();
rollback;
