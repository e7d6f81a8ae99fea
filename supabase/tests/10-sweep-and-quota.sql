-- What is due is removed by whoever comes by; an entity holds so much and no more.
begin;
\ir cast.psql
select no_plan();

create function play.usage(entity text default 'house') returns text language sql as $$
	select rows || ' ' || bytes from app_private.usage where entity_id = play.id(entity)
$$;
create function play.counted(entity text default 'house') returns text language sql as $$
	select (select count(*) from public.records where entity_id = play.id(entity)) || ' ' || (
		select coalesce(sum(octet_length(body)), 0) from (
			select body from public.records where entity_id = play.id(entity)
			union all select body from public.record_history where entity_id = play.id(entity)
		) x)
$$;
create function play.age(record text, days int) returns void language plpgsql as $$
begin
	alter table public.records disable trigger user;
	update public.records set updated_at = now() - make_interval(days => days) where id = play.id(record);
	alter table public.records enable trigger user;
	update app_private.sweeps set swept_at = '-infinity';
end
$$;
select is(play.usage(), play.counted(), 'rows and bytes are counted, earlier bodies too');

-- The bin.
select play.act('mark', play.push('rent', 'finances', 0, 'a')), play.act('mark', play.push('rent', 'finances', 1, 'b', 'bin')),
	play.act('mark', play.push('milk', 'finances', 0, 'a')), play.act('mark', play.push('milk', 'finances', 1, 'b', 'bin')),
	play.act('mark', play.push('bread', 'finances', 0, 'a'));
select play.age('rent', 31), play.age('milk', 29), play.age('bread', 400);
select play.act('zoe', 'select public.list_entities()') as "a stranger comes by";
select is((select row(state, body, rev, author) from public.records where id = play.id('rent')), row('purged'::text, null::text, 3::bigint, play.id('mark')),
	'what was in the bin for 30 days is purged, its author stays');
select is((select count(*) from public.record_history where id = play.id('rent')), 0::bigint, 'with its earlier bodies');
select is((select state from public.records where id = play.id('milk')), 'bin', 'what is there for less stays');
select is((select state from public.records where id = play.id('bread')), 'live', 'what is not in the bin stays, however old');
select is(h.seq, r.seq, 'devices learn of it by their cursor') from public.heads h join public.records r using (entity_id, domain) where r.id = play.id('rent');
select is(play.usage(), play.counted(), 'what was freed is counted');
select is((select swept_at from app_private.sweeps), now(), 'the sweep notes its time');
select play.age('milk', 31);
update app_private.sweeps set swept_at = now() - interval '59 seconds';
select play.act('zoe', 'select public.list_entities()');
select is((select state from public.records where id = play.id('milk')), 'bin', 'within a minute nothing is swept again');
select play.act('vera', format('select public.pull_records(%L, ''{}'')', play.id('house'))) is not null;
update app_private.sweeps set swept_at = now() - interval '61 seconds';
select play.act('vera', format('select public.pull_records(%L, ''{}'')', play.id('house'))) is not null as "Vera pulls";
select is((select state from public.records where id = play.id('milk')), 'purged', 'then it is, by a pull too');

-- Earlier bodies and ids that were never used.
select play.act('mark', play.push('bread', 'finances', 1, 'b')) is not null;
update public.record_history set replaced_at = now() - interval '31 days' where id = play.id('bread');
insert into app_private.drawn_ids (id, drawn_by, drawn_at) values (play.id('old'), play.id('zoe'), now() - interval '25 hours'),
	(play.id('new'), play.id('zoe'), now() - interval '23 hours');
update app_private.drawn_ids set drawn_at = now() - interval '2 years' where id = play.id('house');
update app_private.sweeps set swept_at = '-infinity';
select play.act('zoe', 'select public.list_entities()');
select is((select count(*) from public.record_history where id = play.id('bread')), 0::bigint, 'earlier bodies go after 30 days');
select is(play.usage(), play.counted(), 'and are no longer counted');
select is((select array_agg(id = play.id('new')) from app_private.drawn_ids where id in (play.id('old'), play.id('new'))), array[true],
	'an id that was not used goes after a day');
select ok(exists (select from app_private.drawn_ids where id = play.id('house')), 'one that was used stays for ever');

-- A sweep that fails is nobody's trouble.
alter table app_private.usage add constraint in_the_way check (rows < 0) not valid;
select play.act('mark', 'select 1'), play.age('bread', 0);
update public.record_history set replaced_at = now() - interval '31 days';
select is(play.attempt('zoe', 'select public.list_entities()'), 'rows', 'a sweep that fails spoils no answer');
alter table app_private.usage drop constraint in_the_way;

-- Quotas: in a push a verdict, in a direct write an error.
create function play.fill(limit_name text, room bigint) returns void language sql as $$
	update app_private.limits set value = room + (select case when limit_name = 'rows_per_entity' then rows else bytes end
		from app_private.usage where entity_id = play.id('house')) where name = limit_name
$$;
create function play.batch(actor text, records text[], base int, state text default 'live') returns text language sql as $$
	select string_agg(x.answer ->> 'status', ' ' order by x.place) from jsonb_array_elements(play.act(actor,
		format('select public.push_records(%L, %L)', play.id('house'), (select jsonb_agg(jsonb_build_object('change', md5(r || base)::uuid,
			'id', play.id(r), 'domain', 'finances', 'base', base::text, 'state', state, 'body', play.body('k'))) from unnest(records) as r)))::jsonb)
		with ordinality as x (answer, place)
$$;
select play.fill('rows_per_entity', 2);
select is(play.batch('mark', '{q1,q2,q3,q4}', 0), 'accepted accepted over-quota over-quota', 'so many records and no more');
select is(play.batch('mark', '{q1,q3,q2}', 0), 'accepted over-quota accepted', 'what was accepted before needs no room');
select is(play.batch('mark', '{q1}', 1), 'accepted', 'what exists can be changed');
select is(play.attempt('mark', format('insert into public.records (entity_id, id, domain, rev, change_id, body)
	values (%L, gen_random_uuid(), ''finances'', 1, gen_random_uuid(), %L)', play.id('house'), play.body())), 'PT413', 'a direct write is refused');
select play.fill('rows_per_entity', 100), play.fill('bytes_per_entity', 700);
select is(play.batch('mark', '{q5,q6,q7}', 0), 'accepted accepted over-quota', 'so many bytes and no more');
select is(play.batch('mark', '{q5}', 1), 'over-quota', 'a change is a body more, since the one before is kept');
select is(play.batch('adam', '{q5}', 1, 'purged'), 'accepted', 'deleting for good needs no room');
select is(play.usage(), play.counted(), 'and what it frees is counted');
select is(play.pushed('sten', play.push('x', 'finances', 0, entity => 'cabin')), 'accepted', 'another entity has its own');

select * from finish();
rollback;
