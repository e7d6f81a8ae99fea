-- Other files (avatars, audio notes, attachments): who may do what to them, by every operation of storage; and what is due.
begin;
\ir cast.psql
\ir contents.psql
select no_plan();

create view play.kinds as select unnest(array['avatar', 'audio', 'attachment']) as kind;
create table play.operations (name text);
insert into play.operations values ('object.get_authenticated'), ('object.get_authenticated_info'), ('object.head_authenticated_info'),
	('object.sign_many'), ('object.sign_upload_url'), ('object.list'), ('object.list_v2'), ('object.copy'), ('object.move'),
	('object.upload_update'), ('object.get_public'), ('s3.object.get'), ('s3.object.list'), ('tus.upload.create'), ('');

select is(play.who_can(play.operation('object.sign', play.find(play.plain(kind)))), 'olga adam anna mark vera fina hella',
	format('members sign an object of %s', kind)) from play.kinds;
select is(play.who_can(play.operation(o.name, play.find(play.plain(kind)))), '', format('%s of %s: nobody', coalesce(nullif(o.name, ''), 'no operation'), kind))
from play.operations o cross join play.kinds;
select is(play.who_can(play.operation('object.upload', play.store('plain', play.avatar('another')))), 'olga adam',
	'who may edit the entity adds an avatar');
select is(play.who_can(play.operation('object.upload', play.store('plain', play.plain(kind, 'another')))), 'olga adam mark hella',
	format('who may upload adds to %s', kind)) from play.kinds where kind <> 'avatar';
select is(play.who_can(play.operation(o.name, play.store('plain', play.plain('attachment', 'another')))), '',
	format('%s adds nothing', coalesce(nullif(o.name, ''), 'no operation'))) from play.operations o;
select is(play.who_can(play.operation('object.upload', play.store('plain', name))), '', format('no other file at %s', name))
from (values (''), ('x'), (play.part('finances', 3)), (replace(play.avatar('b'), 'avatar', 'script')), (play.avatar('b') || '.html'),
	(upper(play.avatar('b'))), (replace(play.avatar('b'), 'other', 'health')),
	(replace(play.avatar('b'), play.id('house')::text, play.id('nobody')::text))) as n (name);
select is(play.who_can(play.operation('object.upload', play.store('sealed', play.avatar('b')))), '', 'nor in the bucket of sealed parts');
select is(play.who_can(play.operation(v.operation, format(v.statement, play.avatar()))), '', format('nobody: %s', v.statement))
from (values ('object.upload_update', 'update storage.objects set metadata = ''{}'' where name = %L'),
	('object.move', 'update storage.objects set name = ''x'' where name = %L'),
	('object.upload', 'insert into storage.objects (bucket_id, name) values (''plain'', %L) on conflict (bucket_id, name) do update set metadata = ''{}''')
	) as v (operation, statement);

update app_private.limits set value = 3 where name = 'plain_objects_per_entity';
select is(play.who_can(play.operation('object.upload', play.store('plain', play.avatar('another')))), '', 'a full entity takes no more');
update app_private.limits set value = 4 where name = 'plain_objects_per_entity';
select is(play.who_can(play.operation('object.upload', play.store('plain', play.avatar('another')))), 'olga adam', 'one that has room does');

-- What goes.
create function play.drop(path text) returns text language sql immutable return
	play.operation('object.delete_many', format('delete from storage.objects where name = %L', path));
create function play.due() returns jsonb language sql as $$ select play.act('zoe', 'select public.list_due_plain()')::jsonb $$;
create function play.edit(rev int, avatar text) returns text language sql stable return
	format('select public.update_entity(%L, ''%s'', %L, null, %L)', play.id('house'), rev, play.body('z'), avatar);
select is(play.who_can(play.drop(play.avatar())), '', 'the avatar that is shown is deleted by nobody');
select is(play.who_can(play.drop(play.plain(kind))), 'olga adam', format('who may delete files deletes of %s', kind)) from play.kinds where kind <> 'avatar';
update storage.objects set created_at = now() - interval '100 days' where bucket_id = 'plain';
select is(play.due(), '[]', 'however old, nothing is due that the entity has');

insert into storage.objects (bucket_id, name) values ('plain', play.avatar('second')), ('plain', play.avatar('never shown'));
select is(play.who_can(play.edit(2, play.id('second')::text)), 'olga adam', 'who may edit the entity shows another');
select is(play.attempt('olga', play.edit(2, named)), 'PT404', format('but not %s', named))
from (values (play.id('third')::text), (play.id('attachment')::text), ('../' || play.id('second')), ('x')) as n (named);
update public.entities set updated_at = now() - interval '1 hour' where id = play.id('house');
update storage.objects set created_at = now() - interval '1 minute' where name in (play.avatar('second'), play.avatar('never shown'));
select is(play.due(), '[]', 'until then what was just stored is not due');
select is(play.act('olga', play.edit(2, play.id('second')::text))::json ->> 'avatar', play.id('second')::text, 'Olga shows it');
select is(play.act('vera', 'select public.list_entities()')::json -> 0 ->> 'avatar', play.id('second')::text, 'and every member is told');
select is((select jsonb_agg(d order by d) from jsonb_array_elements_text(play.due()) d),
	(select jsonb_agg(n order by n) from unnest(array[play.avatar(), play.avatar('never shown')]) n), 'what was there before is due, and what was never shown');
select is(play.who_can(play.drop(play.avatar())), 'olga adam anna mark vera fina hella sten zoe', 'and whoever comes by deletes it');
select is(play.who_can(play.drop(play.avatar('second'))), '', 'and nobody what is shown now');
select is(play.act('olga', play.edit(3, null))::json ->> 'avatar', play.id('second')::text, 'an edit that says nothing of it leaves it');
select is(play.act('olga', play.edit(4, ''))::json ->> 'avatar', null, 'an empty text takes it away');
select ok(play.due() ? play.avatar('second'), 'then it is due');

insert into storage.objects (bucket_id, name, created_at) values ('plain', play.avatar('third'), now() + interval '1 minute'),
	('plain', 'stray', now() - interval '23 hours'), ('plain', 'old stray', now() - interval '25 hours');
select is(array[play.due() ? play.avatar('third'), play.due() ? 'stray', play.due() ? 'old stray'], array[false, false, true], 'what lies astray is due after a day');
update public.entities set updated_at = now() - interval '9 days' where id = play.id('house');
update storage.objects set created_at = now() - interval '25 hours' where name = play.avatar('third');
select ok(play.due() ? play.avatar('third'), 'and so is what was stored and never shown');

delete from public.memberships where entity_id = play.id('house') and user_id = play.id('vera');
select is(play.attempt('vera', play.operation('object.sign', play.find(play.plain('audio')))), 'none', 'a removed member signs nothing more');
select is(play.attempt('fina', play.operation('object.sign', play.find(play.plain('audio')))), 'rows', 'who stayed does');
select play.act('olga', format('select public.delete_entity(%L)', play.id('house'))) is null;
select is(array[play.due() ? play.plain('audio'), play.due() ? play.plain('attachment')], array[true, true], 'with an entity all its files are due');

select * from finish();
rollback;
