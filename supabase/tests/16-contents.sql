-- Files: who may do what to stored objects, by every operation of storage; and what becomes of contents.
begin;
\ir cast.psql
\ir contents.psql
select no_plan();

create table play.operations (name text, reads boolean);
insert into play.operations values
	('object.get_authenticated', true), ('object.get_authenticated_info', true), ('object.head_authenticated_info', true),
	('object.sign', false), ('object.sign_many', false), ('object.sign_upload_url', false), ('object.list', false),
	('object.list_v2', false), ('object.copy', false), ('object.move', false), ('object.upload_update', false),
	('object.get_public', false), ('s3.object.get', false), ('s3.object.list', false), ('tus.upload.create', false), ('', false);
create table play.readers (domain text, who text);
insert into play.readers values ('health', 'olga adam anna mark vera hella'), ('finances', 'olga adam anna mark vera fina'),
	('administration', 'olga adam anna mark vera'), ('chat', 'olga adam anna mark vera');

-- Sealed parts.
select is(play.who_can(play.operation(o.name, play.find(play.part(r.domain)))), case when o.reads then r.who else '' end,
	format('%s of %s: %s', coalesce(nullif(o.name, ''), 'no operation'), r.domain, case when o.reads then 'whoever reads the domain' else 'nobody' end))
from play.operations o cross join play.readers r;
select is(play.who_can(play.operation('object.upload', play.store('sealed', play.part(r.domain, 1)))), 'mark',
	format('only who opened the content adds to %s', r.domain)) from play.readers r;
select is(play.who_can(play.operation(o.name, play.store('sealed', play.part('finances', 1)))), '',
	format('%s adds nothing', coalesce(nullif(o.name, ''), 'no operation'))) from play.operations o;
select is(play.who_can(play.operation('object.upload', play.store('sealed', name))), '', format('nothing is stored at %s', name))
from (values ('x'), (play.part('finances') || '/more'), (play.part('finances') || '0'), (upper(play.part('finances', 2))),
	(replace(play.part('finances', 2), 'finances', 'health')), (replace(play.part('finances', 2), play.id('house')::text, play.id('cabin')::text)),
	(replace(play.part('finances', 2), 'sealed', 'other')), ('/' || play.part('finances', 2)), ('')) as n (name);
select is(play.who_can(play.operation(v.operation, format(v.statement, play.part('finances')))), '', format('nobody: %s', v.statement))
from (values ('object.upload_update', 'update storage.objects set metadata = ''{}'' where name = %L'),
	('object.move', 'update storage.objects set name = ''x'' where name = %L'),
	('object.upload', 'insert into storage.objects (bucket_id, name) values (''sealed'', %L) on conflict (bucket_id, name) do update set metadata = ''{}'''),
	('object.delete_many', 'delete from storage.objects where name = %L')) as v (operation, statement);
select is(play.who_can('delete from storage.buckets where id = ''sealed'''), '', 'nobody deletes a bucket');
select is(play.who_can('update storage.buckets set public = true'), '', 'nobody opens a bucket');
select is(play.who_can('insert into storage.buckets (id, name, public) values (''mine'', ''mine'', true)'), '', 'nobody makes a bucket');
select is_empty($$ select from storage.buckets where public $$, 'no bucket is public');

-- A content's life.
create function play.state(content text) returns text language sql stable return
	(select state from public.contents where id = play.id(content));
create function play.age(content text, hours int) returns void language plpgsql as $$
begin
	update public.contents set moved_at = now() - make_interval(hours => hours) where id = play.id(content);
	update app_private.sweeps set swept_at = '-infinity';
end
$$;
create function play.pushed(record text, base int, content text, who text default 'mark', state text default 'live') returns text language sql as $$
	select play.act(who, format('select public.push_records(%L, %L) -> 0 ->> ''status''', play.id('house'), json_build_array(json_build_object(
		'change', play.id('change ' || record || base || coalesce(content, '')), 'id', play.id(record), 'domain', 'finances', 'base', base::text, 'state', state,
		'body', play.body(), 'content', case when content is null then null else play.id(content) end))))
$$;
select is(play.pushed('file of finances', 0, 'content of finances'), 'content-missing', 'an open content cannot be named');
select is(play.attempt('mark', format('select public.complete_content(%L, %s, %s)', play.id('content of finances'), c.parts, c.bytes)), c.said,
	format('complete with %s parts and %s bytes: %s', c.parts, c.bytes, c.said))
from (values (1, 5, 'rows'), (1, 6, 'PT409'), (2, 4194305, 'PT409'), (2, 5, 'PT400'), (0, 0, 'PT400'), (1, -1, 'PT400')) as c (parts, bytes, said);
select play.act('mark', format('select public.complete_content(%L, 1, 5)', play.id('content of finances')));
select is(play.attempt('mark', format('select public.complete_content(%L, 1, 5)', play.id('content of finances'))), 'rows', 'said again it is well');
select is(play.who_can(play.operation('object.upload', play.store('sealed', play.part('finances', 1)))), '', 'then nobody adds a part');
select is(play.attempt('mark', format('select public.begin_part(%L, 1)', play.id('content of finances'))), 'PT409', 'nor begins one');
select is(play.pushed('file of health', 0, 'content of finances'), 'content-missing', 'it is of one file and no other');
select is(play.pushed('file of finances', 0, 'content of finances'), 'accepted', 'then the record names it');
select is(play.state('content of finances'), 'used', 'and it is in use');
select is(play.pushed('file of finances', 0, 'content of finances'), 'accepted', 'the same change again is answered as before');
select play.act('mark', format('select public.release_content(%L)', play.id('content of finances')));
select is(play.state('content of finances'), 'used', 'nobody gives up what is in use');
select play.age('content of finances', 1000), play.act('zoe', 'select public.list_entities()');
select is(play.state('content of finances'), 'used', 'nor does it become due, however old');
select is(play.pushed('file of finances', 1, null), 'accepted', 'a new name leaves the content');
select is(play.state('content of finances'), 'used', 'as it is');

insert into public.contents (id, entity_id, domain, file, author, state, parts)
	values (play.id('second'), play.id('house'), 'finances', play.id('file of finances'), play.id('mark'), 'complete', 1),
		(play.id('never'), play.id('house'), 'finances', play.id('no file'), play.id('mark'), 'complete', 1);
select is(play.pushed('file of finances', 2, 'second'), 'accepted', 'another content takes its place');
select is(array[play.state('content of finances'), play.state('second')], array['released', 'used'], 'and the first is released');
select is(play.pushed('file of finances', 0, 'content of finances'), 'accepted', 'the first change again is still answered as before');
select is(array[play.state('content of finances'), play.state('second')], array['released', 'used'], 'and changes nothing any more');
select is(play.pushed('file of finances', 3, 'content of finances'), 'accepted', 'an earlier version may be taken back');
select is(array[play.state('content of finances'), play.state('second')], array['used', 'released'], 'with its content');

-- Sealed anew under another key of the domain.
create function play.stale() returns text language sql as $$
	select play.act('olga', format('select public.list_stale_contents(%L, ''finances'')', play.id('house')))
$$;
select is(play.stale(), '[]', 'without a user layer nothing is stale');
update public.heads set generation = 2, oldest = 1 where entity_id = play.id('house') and domain = 'finances';
select is(play.stale()::json -> 0 ->> 'id', play.id('content of finances')::text, 'what was sealed before the key of now is');
select is(json_array_length(play.stale()::json), 1, 'and of what is not in use nothing');
select play.act('mark', format('select public.open_content(%L, ''finances'', %L, true)', play.id('house'), play.id('file of finances'))) is not null;
select is(play.attempt('olga', format('select public.open_content(%L, ''finances'', %L, true)', play.id('house'), play.id('file of finances'))), '23505',
	'who renews a file is alone');
delete from public.contents where renews;
update public.heads set generation = null, oldest = null where entity_id = play.id('house') and domain = 'finances';

select play.age('second', 23), play.age('never', 23), play.age('content of health', 23), play.act('zoe', 'select public.list_entities()');
select is(array[play.state('second'), play.state('never'), play.state('content of health')], array['released', 'complete', 'open'], 'within a day nothing is due');
select play.age('second', 25), play.age('never', 25), play.age('content of health', 25), play.act('zoe', 'select public.list_entities()');
select is(array[play.state('second'), play.state('never'), play.state('content of health')], array['due', 'due', 'due'],
	'then what was released, what no record ever named and what nobody finished is due');
select play.age('second', 2), play.age('never', 2), play.age('content of health', 2), play.act('zoe', 'select public.list_entities()');
select is(array[play.state('second'), play.state('never'), play.state('content of health')], array[null, null, 'due'],
	'an hour later, when no part can be on its way any more, what has no objects is forgotten');
select is(play.pushed('file of finances', 4, 'second'), 'content-missing', 'and cannot be named');
select is(play.who_can(play.operation('object.get_authenticated', play.find(play.part('health')))) ~ 'olga', true, 'its parts are there');
select ok(play.act('zoe', 'select public.list_due_parts()')::jsonb ? play.part('health'), 'whoever comes by is told what is due');
select ok(not play.act('zoe', 'select public.list_due_parts()')::jsonb ? play.part('finances'), 'and of nothing else');
select is(play.attempt('zoe', play.operation('object.delete_many', format('delete from storage.objects where name = %L', play.part('health')))), 'rows',
	'and deletes it');
select is(play.attempt('rita', play.operation('object.delete_many', format('delete from storage.objects where name = %L', play.part('health')))), 'none',
	'without a session that stands nobody does');
delete from storage.objects where name = play.part('health');
select play.age('content of health', 2), play.act('zoe', 'select public.list_entities()');
select is(play.state('content of health'), null, 'then it is forgotten');

select is(play.pushed('file of finances', 4, null, 'adam', 'purged'), 'accepted', 'the record is deleted for good');
select is(play.state('content of finances'), 'due', 'and its content is due at once');
select play.act('olga', format('select public.delete_entity(%L)', play.id('house')));
select is(array[play.state('content of chat'), play.state('content of administration')], array['due', 'due'], 'with an entity all its contents are');

select * from finish();
rollback;
