-- Bodies sealed anew, page by page, until an old generation can be retired.
begin;
\ir cast.psql
\ir keys.psql
select no_plan();

create function play.stale(actor text, below int, most int default 500, after text default 'null, null') returns jsonb language sql as $$
	select play.act(actor, format('select public.list_stale(%L, ''health'', %s, %s, %s)', play.id('house'), below, most, after))::jsonb
$$;
create function play.anew(record text, rev int, was int, becomes int, filling text default 'r') returns jsonb language sql as $$
	select jsonb_build_object('id', play.id(record), 'rev', rev::text, 'from', was, 'to', becomes, 'body', play.body(filling))
$$;
create function play.reseal(actor text, variadic bodies jsonb[]) returns text language sql as $$
	select string_agg(x.value ->> 'status', ' ' order by x.ordinality) from jsonb_array_elements(play.act(actor, format('select public.reseal_records(%L, ''health'', %L)',
		play.id('house'), to_jsonb(bodies)))::jsonb) with ordinality x
$$;
create function play.at(record text) returns text language sql as $$
	select string_agg(concat_ws(' ', rev, coalesce(generation, 0), substr(body, 9, 1)), ', ' order by rev) from (
		select rev, generation, body from public.records where id = play.id(record)
		union all select rev, generation, body from public.record_history where id = play.id(record)
	) x
$$;
create function play.counted() returns boolean language sql as $$
	select u.bytes = (select sum(octet_length(body)) from (select body from public.records where entity_id = play.id('house')
		union all select body from public.record_history where entity_id = play.id('house')) x)
	from app_private.usage u where u.entity_id = play.id('house')
$$;

-- Health is being switched on: what is there has no user layer yet.
select is(play.at('a health record'), '1 0 x, 2 0 y', 'a record and its earlier body are plain');
select is((play.stale('olga', 1) ->> 'left')::int + jsonb_array_length(play.stale('olga', 1) -> 'records'), 2, 'both are to be sealed anew');
select is((select array_agg(r ->> 'rev') from jsonb_array_elements(play.stale('olga', 1) -> 'records') r), array['1', '2'], 'in the order of revisions');
select is(play.stale('olga', 1, 1) #>> '{records,0,rev}' || ' ' || (play.stale('olga', 1, 1) ->> 'left'), '1 1', 'a page at a time');
select is(play.stale('olga', 1, 1, format('%L, ''1''', play.id('a health record'))) #>> '{records,0,rev}', '2', 'also past one that cannot be sealed');
select is(play.stale('olga', 1, 5, format('%L, ''2''', play.id('a health record'))), '{"records": [], "left": 0}', 'to the end');
select is(play.attempt('mark', format('select public.list_stale(%L, ''health'', 1)', play.id('house'))), 'PT403', 'who may not rotate keys has no business there');

-- Who pushes plain, or under no current key, is told the generation.
select is(play.act('mark', play.push('fresh', 'health', 0))::jsonb -> 0, jsonb_build_object('id', play.id('fresh'), 'status', 'stale-generation', 'generation', 1),
	'a new plain body is refused, and told what there is');
select is(play.act('mark', play.push('a health record', 'health', 2))::jsonb -> 0 ->> 'generation', '1', 'a changed one too');
select is(play.act('mark', play.push('a finances record', 'finances', 2))::jsonb -> 0 ->> 'status', 'accepted', 'a domain without a user layer goes on');

-- Retiring waits for the last body.
select is(play.attempt('olga', play.post(play.roster(play.domain('health', 1, 1)))), 'PT423', 'plain bodies are not given up');
create table play.before as select * from public.records where id = play.id('a health record');
select is(play.reseal('olga', play.anew('a health record', 2, 0, 1)), 'accepted', 'the current body is sealed anew');
select is(play.attempt('olga', play.post(play.roster(play.domain('health', 1, 1)))), 'PT423', 'nor an earlier one');
select is(row(r.rev, r.seq, r.author, r.change_id, r.updated_at, r.state), row(b.rev, b.seq, b.author, b.change_id, b.updated_at, b.state),
	'revision, number, author, change, time and state stay') from public.records r join play.before b using (id);
select is(play.reseal('olga', play.anew('a health record', 1, 0, 1, 's'), play.anew('a health record', 2, 0, 1, 't'), play.anew('a health record', 3, 0, 1),
	play.anew('a health record', 1, 1, 1), play.anew('a health record', 1, 0, 2), play.anew('nothing', 1, 0, 1),
	play.anew('a health record', 1, 0, 1) || '{"body": "hello"}', play.anew('a finances record', 1, 0, 1)),
	'accepted accepted conflict invalid invalid conflict invalid conflict', 'each body has its own verdict; what is done already is well');
select is(play.at('a health record'), '1 1 s, 2 1 r', 'the earlier one is written, what was done already is not written again');
select is(play.counted(), true, 'the bytes are counted');
select is(play.posted('olga', play.roster(play.domain('health', 1, 1))), 'posted', 'now plain bodies are given up');
select is(play.head('health'), '1-1', 'which the head says');

-- A rotation, with somebody who goes on writing under the old key.
select is(play.posted('olga', play.roster(play.domain('health', 1, 2))), 'posted', 'Olga rotates');
select is(play.act('mark', replace(play.push('a health record', 'health', 2), '"base"', '"generation": 1, "base"'))::jsonb -> 0, jsonb_build_object('id',
	play.id('a health record'), 'status', 'stale-generation', 'generation', 2), 'a body under the old key is refused');
select is(play.attempt('mark', format('update public.records set rev = 3, change_id = gen_random_uuid(), generation = 1 where id = %L', play.id('a health record'))), 'PT409',
	'directly too');
select is(play.attempt('mark', format('insert into public.records (entity_id, id, domain, rev, change_id, body, generation) values (%L, gen_random_uuid(), ''health'', 1,
	gen_random_uuid(), %L, 1)', play.id('house'), play.body())), 'PT409', 'a new one neither');
select is(play.attempt('olga', play.post(play.roster(play.domain('health', 2, 2)))), 'PT423', 'the old key is not given up while a body has it');
select is(play.attempt('mark', format('select public.reseal_records(%L, ''health'', ''[]'')', play.id('house'))), 'PT403', 'who may not rotate seals nothing anew');
select is(play.reseal('adam', play.anew('a health record', 1, 1, 2), play.anew('a health record', 2, 1, 2)), 'accepted accepted', 'an administrator goes on with it');
select is(play.attempt('olga', play.post(play.roster(play.domain('health', 2, 2), more => jsonb_build_object('emergency', jsonb_build_array(jsonb_build_object(
	'id', play.id('zoe'), 'identity', play.identity_hash('zoe'), 'domains', '["health"]'::jsonb, 'wait', 7)))))), 'PT423', 'nor while an emergency contact has not the new one');
select is((select count(*) from public.key_grants where generation = 1), 1::bigint, 'until then its grants are there');
select is(play.posted('olga', play.roster(play.domain('health', 2, 2))), 'posted', 'then it is retired');
select is((select array_agg(distinct generation) from public.key_grants), array[2], 'and its grants are deleted');
select is(play.stale('olga', 2), '{"records": [], "left": 0}', 'nothing is left');

-- A body that nobody opens keeps its key until the record is purged.
select is(play.posted('olga', play.roster(play.domain('health', 2, 3))), 'posted', 'Olga rotates again');
select play.act('olga', replace(play.push('a health record', 'health', 2, 'p', 'purged'), '"base"', '"generation": 3, "base"')) is not null as "Olga purges it";
select is(play.posted('olga', play.roster(play.domain('health', 3, 3))), 'posted', 'then nothing is in the way');
select is(play.counted(), true, 'and the bytes are right');

select * from finish();
rollback;
