-- Pulling by a cursor for each domain, and the bodies a record had before.
begin;
\ir cast.psql
select no_plan();

create function play.pull(actor text, after jsonb, max_rows int default 500) returns jsonb language sql as $$
	select play.act(actor, format('select public.pull_records(%L, %L, %s)', play.id('house'), after, max_rows))::jsonb
$$;
select play.act('mark', play.push('rent ' || n, 'finances', 0)) is not null from generate_series(1, 7) as n;

select is(jsonb_array_length(play.pull('vera', '{"finances": "0"}') -> 'records'), 8, 'a domain is pulled from its beginning');
select is((select array_agg(k order by k) from jsonb_object_keys(play.pull('vera', '{"finances": "0"}') -> 'records' -> 0) as k),
	array['author', 'body', 'domain', 'generation', 'id', 'rev', 'seq', 'state', 'updated_at'], 'a record has these members');
select is(jsonb_typeof(play.pull('vera', '{"finances": "0"}') -> 'records' -> 0 -> 'seq'), 'string', 'numbers that may grow large are text');
select is(play.pull('vera', '{"finances": "0"}') ->> 'epoch', (select epoch::text from public.entities where id = play.id('house')),
	'the epoch comes with it');
select is(play.pull('vera', '{"finances": "0"}') -> 'restored_from', 'null', 'an entity that was never restored says so');
update public.entities set restored_from = '2026-03-04 05:06:07.89+01' where id = play.id('house');
select is(play.pull('vera', '{"finances": "0"}') ->> 'restored_from', '2026-03-04T04:06:07.890Z', 'one that was says the moment of the backup');
select is(play.act('vera', 'select public.list_entities()')::jsonb -> 0 ->> 'restored_from', '2026-03-04T04:06:07.890Z', 'its list as well');
select is(jsonb_array_length(play.pull('vera', '{"finances": "0"}', 3) -> 'records'), 3, 'a page has the rows that were asked for');
select is(play.pull('vera', '{"finances": "0"}', 3) -> 'more', 'true', 'and says that there is more');
select is(play.pull('vera', '{"finances": "0"}', 8) -> 'more', 'false', 'or that there is not');
select is((select array_agg((r ->> 'seq')::int) from jsonb_array_elements(play.pull('vera', '{"finances": "0"}') -> 'records') as r),
	(select array_agg(seq::int order by seq) from public.records where entity_id = play.id('house') and domain = 'finances'), 'in the order of changes');
select is(jsonb_array_length(play.pull('vera', jsonb_build_object('finances', (select seq - 1 from public.heads
	where entity_id = play.id('house') and domain = 'finances')::text)) -> 'records'), 1, 'what is known is not pulled again');
select is((select string_agg(distinct r ->> 'domain', ' ' order by r ->> 'domain')
	from jsonb_array_elements(play.pull('vera', '{"health": "0", "chat": "0"}') -> 'records') as r), 'chat health', 'a domain that is not named is not pulled');
select is(play.pull('vera', '{}') -> 'records', '[]', 'none named, none pulled');
select is(play.pull('vera', '{"finances": "0", "health": "0"}', 3) -> 'records' -> 2 ->> 'domain', 'finances', 'domains come one after another');
select is(jsonb_array_length(play.pull('vera', '{"finances": "0"}', 0) -> 'records'), 1, 'a page has one row at least');
select is(play.attempt('hella', format('select public.pull_records(%L, ''{"health": "0", "finances": "0"}'')', play.id('house'))), 'PT403',
	'a domain that is not open is refused');
select is(play.attempt('vera', format('select public.pull_records(%L, ''[]'')', play.id('house'))), 'PT400', 'after is an object');
select is(play.attempt('vera', format('select public.pull_records(%L, null)', play.id('house'))), 'PT400', 'and is there');
select is(play.attempt('vera', format('select public.pull_records(%L, ''{"finances": "x"}'')', play.id('house'))), '22P02', 'a cursor is a number');
select is(play.attempt('vera', format('select public.pull_records(%L, ''{"other": "0"}'')', play.id('house'))), 'PT403', 'there are four domains');
select is(play.attempt('sten', format('select public.pull_records(%L, ''{}'')', play.id('house'))), 'PT403', 'a stranger learns nothing, the epoch neither');

-- A page ends before 8 MiB of bodies.
select play.act('mark', format('select public.push_records(%L, %L)', play.id('house'), (
	select jsonb_agg(jsonb_build_object('change', gen_random_uuid(), 'id', gen_random_uuid(), 'domain', 'administration', 'base', '0',
		'state', 'live', 'body', 'AVMA' || repeat('x', 262140))) from generate_series(1, 33)))) is not null as "Mark fills the cellar";
select is(jsonb_array_length(play.pull('vera', '{"administration": "0"}') -> 'records'), 32, 'a page holds 8 MiB of bodies at most');
select is(play.pull('vera', '{"administration": "0"}') -> 'more', 'true', 'and says that there is more');

-- History.
create function play.history(actor text) returns jsonb language sql as $$
	select play.act(actor, format('select public.read_history(%L, %L)', play.id('house'), play.id('a finances record')))::jsonb
$$;
select play.act('mark', play.push('a finances record', 'finances', 2, 'z')) is not null;
select is((select string_agg(h ->> 'rev', ' ') from jsonb_array_elements(play.history('vera')) as h), '2 1', 'earlier bodies, newest first');
select is(play.history('vera') -> 1 ->> 'body', play.body('x'), 'as they were');
update public.record_history set replaced_at = now() - interval '31 days' where rev = 1;
select is(jsonb_array_length(play.history('vera')), 1, 'for 30 days');
select is(play.attempt('hella', format('select public.read_history(%L, %L)', play.id('house'), play.id('a finances record'))), 'PT403',
	'not of a domain that is not open');
create function play.remember(bodies int, body text) returns void language sql as $$
	delete from public.record_history where id = play.id('a finances record');
	insert into public.record_history (entity_id, id, domain, rev, seq, state, change_id, author, updated_at, body)
		select play.id('house'), play.id('a finances record'), 'finances', n, n, 'live', gen_random_uuid(), play.id('mark'), now(), body
		from generate_series(1, bodies) as n
$$;
select play.remember(205, play.body());
select is((select array_agg((h ->> 'rev')::int) from jsonb_array_elements(play.history('vera')) as h),
	array(select generate_series(205, 6, -1)), 'the newest 200');
select play.remember(34, 'AVMA' || repeat('x', 262140));
select is((select array_agg((h ->> 'rev')::int) from jsonb_array_elements(play.history('vera')) as h),
	array(select generate_series(34, 3, -1)), 'of 8 MiB at most');
select is(play.act('hella', format('select public.read_history(%L, %L)', play.id('house'), play.id('nothing'))), '[]', 'of nothing there is none');

select * from finish();
rollback;
