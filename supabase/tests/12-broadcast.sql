-- Devices hear that something changed, where the project has Realtime: members, of their domains, and nothing of what.
begin;
\ir realtime.psql
\ir cast.psql
select no_plan();
select app.let_members_listen(), app.let_members_listen();
delete from realtime.messages;

create function play.topic(domain text, entity text default 'house') returns text
	language sql return 'records:' || play.id(entity) || ':' || domain;
create function play.told() returns text language sql as $$
	with taken as (delete from realtime.messages returning *)
	select coalesce(string_agg(format('%s %s %s %s', event, replace(topic, play.id('house')::text, 'house'),
		replace(payload::text, play.id('house')::text, 'house'), case when private then 'private' else 'public' end), ', '
		order by topic), 'nothing') from taken
$$;

-- What is told.
select is(play.pushed('mark', play.push('an invoice', 'finances', 0)), 'accepted', 'Mark adds a record');
select is(play.told(), 'changed records:house:finances {"domain": "finances", "entity": "house"} private',
	'a new record tells the entity and the domain on a private channel, and nothing else');
select is(play.pushed('mark', play.push('an invoice', 'finances', 1, 'y')), 'accepted', 'Mark changes it');
select matches(play.told(), '^changed records:house:finances [^,]*, "entity": "house"} private$', 'a change is told once');
select is(play.pushed('mark', play.push('an invoice', 'finances', 1, 'q')), 'conflict', 'a change that comes too late');
select is(play.told(), 'nothing', 'is not told');
select is(play.attempt('olga', 'select from (select public.list_entities()) e'), 'rows', 'reading');
select is(play.told(), 'nothing', 'is not told either');
select is(play.act('mark', format('select count(*) from jsonb_array_elements(public.push_records(%L, %L)::jsonb) r
	where r ->> ''status'' = ''accepted''', play.id('house'), (
		select jsonb_agg(jsonb_build_object('change', gen_random_uuid(), 'id', gen_random_uuid(), 'domain', d, 'base', '0',
			'state', 'live', 'body', play.body())) from unnest('{finances,health}'::text[]) d, generate_series(1, 20)
	))), '40', 'Mark adds forty records of two domains at once');
select matches(play.told(), '^changed records:house:finances [^}]*} private, changed records:house:health [^}]*} private$',
	'of which each domain is told once');

-- Who may listen: asked as Realtime asks, with a row of the topic that is taken back.
create function play.hears(actor text, wanted text, kind text default 'broadcast') returns boolean language plpgsql as $$
declare
	probe uuid := gen_random_uuid();
	found bigint;
begin
	insert into realtime.messages (id, topic, extension) values (probe, wanted, kind);
	perform set_config('realtime.topic', wanted, true);
	perform play.enter(actor);
	select count(*) into found from realtime.messages m where m.id = probe;
	raise exception using errcode = 'U0004', message = case when found = 1 then 'heard' else 'unheard' end;
exception when sqlstate 'U0004' then
	return sqlerrm = 'heard';
end
$$;
create function play.who_hears(wanted text, kind text default 'broadcast') returns text language sql as $$
	select coalesce(string_agg(actor, ' ' order by place), '')
	from unnest(play.actors()) with ordinality as a (actor, place) where play.hears(actor, wanted, kind)
$$;
select is(play.who_hears(play.topic('finances')), 'olga adam anna mark vera fina', 'those with finances hear of finances');
select is(play.who_hears(play.topic('health')), 'olga adam anna mark vera hella', 'those with health hear of health');
select is(play.who_hears(play.topic('chat')), 'olga adam anna mark vera', 'those with chat hear of chat');
select is(play.who_hears(play.topic('finances', 'cabin')), 'sten', 'the cabin''s owner alone hears of the cabin');
select is(play.who_hears(t.topic, t.kind), '', format('nobody listens to %s of %s', t.kind, t.topic))
from (values
	(play.topic('finances'), 'presence'),
	(play.topic('everything'), 'broadcast'),
	(play.topic('finances') || ':more', 'broadcast'),
	('records:' || play.id('house'), 'broadcast'),
	('records:x:finances', 'broadcast'),
	('entity:' || play.id('house'), 'broadcast'),
	('*', 'broadcast')
) t (topic, kind);

-- Listening to one's own topic shows nothing that was told on another.
select realtime.send('{}', 'changed', play.topic('finances', 'cabin'), true);
select set_config('realtime.topic', play.topic('finances'), true);
select is(play.attempt('fina', 'select from realtime.messages'), 'none', 'another topic''s messages are not seen');

-- Nobody says anything but the database.
select is((
	select string_agg(actor, ' ') from unnest(play.actors()) as actor where play.attempt(actor, format(
		'insert into realtime.messages (topic, extension, event, private) values (%L, ''broadcast'', ''changed'', true)',
		play.topic('finances'))) <> '42501'
), null, 'no client sends a message');
delete from realtime.messages;
select play.act('olga', format('select realtime.send(''{}'', ''changed'', %L, true)::text', play.topic('finances')));
select is(play.told(), 'nothing', 'nor does one by the function');

-- A write never fails because of it.
create or replace function realtime.send(payload jsonb, event text, topic text, private boolean default true) returns void
	language plpgsql as $$ begin raise exception 'out of order'; end $$;
select is(play.pushed('mark', play.push('an invoice', 'finances', 2, 'z')), 'accepted', 'where telling fails, a change is accepted');
drop function realtime.send(jsonb, text, text, boolean);
select is(play.pushed('mark', play.push('an invoice', 'finances', 3, 'w')), 'accepted', 'where there is no Realtime too');

select * from finish();
rollback;
