-- Pushing: a verdict for each change, in their order.
begin;
\ir cast.psql
select no_plan();

create function play.change(record text, domain text, base int, change text, filling text default 'x', state text default 'live',
	generation int default null) returns jsonb language sql as $$
	select jsonb_build_object('change', play.id(change), 'id', play.id(record), 'domain', domain, 'base', base::text,
		'state', state, 'generation', generation, 'body', play.body(filling))
$$;
create function play.answers(actor text, variadic changes jsonb[]) returns jsonb language sql as $$
	select play.act(actor, format('select public.push_records(%L, %L)', play.id('house'), to_jsonb(changes)))::jsonb
$$;
create function play.statuses(actor text, variadic changes jsonb[]) returns text language sql as $$
	select string_agg(x.answer ->> 'status', ' ' order by x.place)
	from jsonb_array_elements(play.answers(actor, variadic changes)) with ordinality as x (answer, place)
$$;
create function play.stored(record text) returns text language sql as $$
	select rev || ' ' || state || ' ' || substr(body, 9, 1) from public.records
	where entity_id = play.id('house') and id = play.id(record)
$$;

-- New, changed, in conflict.
select is(play.answers('mark', play.change('rent', 'finances', 0, 'c1', 'a')) -> 0 ->> 'rev', '1', 'the first revision is base + 1');
select is(play.statuses('mark', play.change('rent', 'finances', 1, 'c2', 'b'), play.change('milk', 'finances', 0, 'c3', 'c')),
	'accepted accepted', 'changes and new records go together');
select is(play.stored('rent'), '2 live b', 'the change is stored');
select is(play.answers('adam', play.change('rent', 'finances', 1, 'c4', 'd')) -> 0 -> 'current' ->> 'rev', '2',
	'who was overtaken gets the current record');
select is(play.answers('adam', play.change('rent', 'finances', 1, 'c4', 'd')) -> 0 -> 'current' ->> 'body', play.body('b'),
	'with its body');
select is(play.statuses('adam', play.change('rent', 'finances', 0, 'c5')), 'conflict', 'what exists is not created again');
select is(play.statuses('adam', play.change('never', 'finances', 3, 'c6')), 'invalid', 'what does not exist is not changed');

-- The same change again.
select is((play.answers('mark', play.change('milk', 'finances', 0, 'c3', 'c')) -> 0) - 'id',
	jsonb_build_object('status', 'accepted', 'rev', '1', 'seq', (select seq::text from public.records where id = play.id('milk'))),
	'the same change is answered as the first time');
select is(play.answers('mark', play.change('rent', 'finances', 0, 'c1', 'a')) -> 0 ->> 'rev', '1',
	'also when a later revision has overtaken it');
select is(play.answers('mark', play.change('rent', 'finances', 0, 'c1', 'a')) -> 0 ->> 'seq',
	(select seq::text from public.record_history where id = play.id('rent') and rev = 1), 'with the number it had');
select is(play.stored('rent'), '2 live b', 'and nothing is written');

-- Several changes of one record in one push.
select is(play.statuses('mark', play.change('bread', 'finances', 0, 'd1', 'a'), play.change('bread', 'finances', 1, 'd2', 'b'),
	play.change('bread', 'finances', 2, 'd3', 'c'), play.change('bread', 'finances', 0, 'd1', 'a')),
	'accepted accepted accepted accepted', 'they are made one after another, and a repeated one once');
select is(play.stored('bread'), '3 live c', 'the last one stands');
select is((select count(*) from public.record_history where id = play.id('bread')), 2::bigint, 'the ones before are kept');
select is(play.statuses('mark', play.change('butter', 'finances', 0, 'e1', 'a'), play.change('butter', 'finances', 0, 'e2', 'b')),
	'accepted conflict', 'of two that create the same record the first does');

-- A long chain has so many turns and no more; the rest is not lost, and comes again.
create function play.chain(first int, last int) returns jsonb[] language sql as $$
	select array_agg(play.change('a chain', 'finances', n, 'link ' || n, chr(97 + n % 26)) order by n) from generate_series(first, last) as n
$$;
create function play.tally(answers jsonb) returns text language sql as $$
	select string_agg(x.status || ' ' || x.times, ', ' order by x.first) from (
		select a.answer ->> 'status' as status, count(*) as times, min(a.place) as first
		from jsonb_array_elements(answers) with ordinality as a (answer, place) group by 1
	) x
$$;
create table play.chained as select play.answers('mark', variadic play.chain(0, 499)) as answers;
select is(play.tally(answers), 'accepted 17, invalid 483', 'a record is created and changed 16 times in one push') from play.chained;
select is(play.stored('a chain'), '17 live q', 'the 16th stands');
select is((select array_agg(rev::int order by rev) from public.record_history where id = play.id('a chain')), array(select generate_series(1, 16)),
	'the ones before are kept');
select matches(answers -> 17 ->> 'detail', 'send it again', 'the others are told to come again') from play.chained;
select is(play.answers('mark', variadic play.chain(0, 16)), (select jsonb_agg(a.answer order by a.place)
	from play.chained, jsonb_array_elements(answers) with ordinality as a (answer, place) where a.place <= 17),
	'what was accepted is answered as the first time');
select is(play.tally(play.answers('mark', variadic play.chain(0, 40))), 'accepted 33, invalid 8', 'it takes no turn of those that come again');
select is(play.tally(play.answers('mark', variadic play.chain(20, 40))), 'accepted 21', 'which are made then');
select is(play.tally(play.answers('mark', variadic (play.chain(41, 43) || play.chain(46, 48)))), 'accepted 3, conflict 3',
	'what follows a revision that nobody made is in conflict');
select is(play.statuses('mark', play.change('a chain', 'finances', 45, 'x3'), play.change('a chain', 'finances', 44, 'x1', 'b'),
	play.change('a chain', 'finances', 44, 'x2', 'c')), 'accepted accepted conflict', 'of two that follow the same revision the first is made');
select is(play.stored('a chain'), '46 live x', 'and what follows it after it, in whatever order they came');

-- The answers hold 8 MiB of current bodies; a conflict beyond is told to come again with fewer others.
create function play.bulky(base int, change text) returns jsonb[] language sql as $$
	select array_agg(play.change('bulk ' || n, 'finances', base, change || n) || jsonb_build_object('body', 'AVMA' || repeat('x', 262140)) order by n)
	from generate_series(1, 34) as n
$$;
select is(play.tally(play.answers('mark', variadic play.bulky(0, 'bulk'))), 'accepted 34', 'large bodies are taken');
create table play.met as select play.answers('mark', variadic play.bulky(0, 'again')) as answers;
select is(play.tally(answers), 'conflict 32, invalid 2', 'current bodies of 8 MiB together are answered') from play.met;
select is(octet_length(answers -> 31 -> 'current' ->> 'body'), 262144, 'whole ones') from play.met;
select matches(answers -> 33 ->> 'detail', 'smaller push', 'the others are told to come again') from play.met;
select is(play.tally(play.answers('mark', variadic (play.bulky(0, 'again'))[33:34])), 'conflict 2', 'and in a smaller push get theirs');

-- One bad change spoils no other.
select is(play.statuses('mark',
	play.change('one', 'finances', 0, 'f1'),
	play.change('two', 'finances', 0, 'f2') || '{"body": "hello"}',
	play.change('three', 'finances', 0, 'f3') || jsonb_build_object('body', 'AVMA' || repeat('x', 262141)),
	play.change('four', 'finances', 0, 'f4') || '{"state": "gone"}',
	play.change('five', 'finances', 0, 'f5') || '{"domain": "other"}',
	play.change('six', 'finances', 0, 'f6') || '{"body": null}',
	play.change('seven', 'finances', 0, 'f7') || '{"base": "-1"}',
	play.change('eight', 'finances', 0, 'f8', generation => 1),
	play.change('a health record', 'finances', 2, 'f9'),
	play.change('nine', 'finances', 0, 'f10')
), 'accepted invalid too-large invalid invalid invalid invalid stale-generation denied accepted', 'each change has its own verdict');
select is(play.attempt('mark', format('select public.push_records(%L, %L)', play.id('house'), '{}')), 'PT400', 'changes are a list');
select is(play.act('mark', format('select public.push_records(%L, %L)', play.id('house'), '[]')), '[]', 'an empty list has an empty answer');

-- Rights.
select is(play.pushed(a.actor, play.push('by ' || a.actor, 'finances', 0)), a.status, format('%s adds to finances: %s', a.actor, a.status))
from (values ('olga', 'accepted'), ('adam', 'accepted'), ('anna', 'denied'), ('mark', 'accepted'), ('vera', 'denied'),
	('fina', 'denied'), ('hella', 'denied')) a (actor, status);
select is(play.pushed(a.actor, play.push('post by ' || a.actor, 'chat', 0)), a.status, format('%s posts: %s', a.actor, a.status))
from (values ('olga', 'accepted'), ('anna', 'accepted'), ('mark', 'accepted'), ('vera', 'denied'), ('hella', 'denied')) a (actor, status);
select is(play.pushed('adam', play.push('post by mark', 'chat', 1)), 'denied', 'nobody changes another''s message, an administrator neither');
select is(play.pushed('mark', play.push('post by mark', 'chat', 1)), 'accepted', 'their own they do');
select is(play.attempt('sten', play.push('x', 'finances', 0)), 'PT403', 'a stranger has no answer');
select is(play.pushed('mark', play.push('rent', 'finances', 2, 'b', 'bin')), 'accepted', 'a member moves to the bin');
select is(play.pushed('mark', play.push('rent', 'finances', 3, 'b')), 'denied', 'and does not restore');
select is(play.pushed('adam', play.push('rent', 'finances', 3, 'b')), 'accepted', 'an administrator restores');
select is(play.pushed('mark', play.push('rent', 'finances', 4, 'b', 'purged')), 'denied', 'a member does not delete for good');
select is(play.pushed('adam', play.push('rent', 'finances', 4, 'b', 'purged')), 'accepted', 'an administrator does');

-- Generations.
update public.heads set generation = 2, oldest = 1 where entity_id = play.id('house') and domain = 'health';
select is(play.statuses('hella', play.change('h1', 'health', 0, 'g1'), play.change('h2', 'health', 0, 'g2', generation => 1),
	play.change('h3', 'health', 0, 'g3', generation => 2), play.change('h4', 'health', 0, 'g4', generation => 3),
	play.change('a health record', 'health', 2, 'g5', generation => 1), play.change('a health record', 'health', 2, 'g6', generation => 2)),
	'stale-generation stale-generation accepted stale-generation stale-generation accepted', 'a body has the current generation');

-- Order.
create function play.numbers(variadic changes jsonb[]) returns text language sql as $$
	with before as materialized (select h.domain, h.seq from public.heads h where h.entity_id = play.id('house')),
		answers as materialized (select play.answers('mark', variadic changes) as list)
	select string_agg(coalesce((a.answer ->> 'seq')::bigint - b.seq || ' ' || b.domain, a.answer ->> 'status'), ', ' order by a.place)
	from answers, jsonb_array_elements(list) with ordinality as a (answer, place)
	join unnest(changes) with ordinality as c (change, place) using (place) left join before b on b.domain = c.change ->> 'domain'
$$;
select is(play.numbers(play.change('n1', 'finances', 0, 'n1'), play.change('n2', 'chat', 0, 'n2'), play.change('n3', 'finances', 0, 'n3'),
	play.change('n4', 'chat', 0, 'n4'), play.change('n5', 'finances', 0, 'n5')), '1 finances, 1 chat, 2 finances, 2 chat, 3 finances',
	'new records are numbered in their order, each domain by itself');
select is(play.numbers(play.change('n6', 'finances', 0, 'n6'), play.change('n7', 'chat', 0, 'n7') || '{"body": "hello"}',
	play.change('n8', 'finances', 0, 'n8'), play.change('n9', 'chat', 0, 'n9')), '1 finances, invalid, 2 finances, 1 chat',
	'and without a gap where one among them is wrong');
select is((select array_agg(r.seq - h.seq order by r.seq) from public.records r join public.heads h using (entity_id, domain)
	where r.id in (play.id('n6'), play.id('n8'))), array[-1, 0]::bigint[], 'which is what is stored');
select is(h.seq, (select max(r.seq) from public.records r where r.entity_id = h.entity_id and r.domain = h.domain),
	'the head of ' || h.domain || ' is at the last number')
from public.heads h where h.entity_id = play.id('house') and h.domain <> 'administration';

-- Written once or not at all: of what is refused nothing reaches the table, where it would lie dead until it is cleared.
create table play.tries (title text, actor text, changes jsonb[], writes bigint, place serial);
insert into play.tries (title, actor, changes, writes)
select t.title, t.actor, (select array_agg(c.change order by c.change ->> 'id') from generate_series(1, 20) as n,
	lateral (select play.change(t.title || n, t.domain, 0, t.title || n, state => t.state, generation => t.generation)) c (change)) || t.beside, t.writes
from (values
	('a clean batch', 'mark', 'finances', 'live', null, array[]::jsonb[], 20),
	('a viewer''s', 'vera', 'finances', 'live', null, '{}', 0),
	('an analyst''s', 'anna', 'finances', 'live', null, '{}', 0),
	('a member''s for a domain that is not open to them', 'hella', 'finances', 'live', null, '{}', 0),
	('for no domain', 'mark', 'other', 'live', null, '{}', 0),
	('of a generation before the domain''s', 'mark', 'health', 'live', 1, '{}', 0),
	('of no generation where the domain has one', 'mark', 'health', 'live', null, '{}', 0),
	('of a generation where the domain has none', 'mark', 'finances', 'live', 1, '{}', 0),
	('deleted for good by who may not', 'mark', 'finances', 'purged', null, '{}', 0),
	('beside a change of a record', 'mark', 'finances', 'live', null, array[play.change('n1', 'finances', 7, 't1')], 20),
	('beside one for no domain', 'mark', 'finances', 'live', null, array[play.change('t2', 'other', 0, 't2')], 20),
	('beside one that exists', 'mark', 'finances', 'live', null, array[play.change('n1', 'finances', 0, 't3')], 20),
	('beside one without a body', 'adam', 'finances', 'live', null, array[play.change('t4', 'finances', 0, 't4', state => 'purged') || '{"body": null}'], 20),
	('beside one too large', 'mark', 'finances', 'live', null, array[play.change('t5', 'finances', 0, 't5') || jsonb_build_object('body', 'AVMA' || repeat('x', 262141))], 20)
) t (title, actor, domain, state, generation, beside, writes);
create function play.written(actor text, changes jsonb[]) returns text language plpgsql as $$
declare
	before bigint := pg_stat_get_xact_tuples_inserted('public.records'::regclass);
	answers jsonb := play.answers(actor, variadic changes);
begin
	return format('%s written, %s accepted', pg_stat_get_xact_tuples_inserted('public.records'::regclass) - before,
		(select count(*) from jsonb_array_elements(answers) a where a ->> 'status' = 'accepted'));
end
$$;
select is(play.written(actor, changes), format('%1$s written, %1$s accepted', writes), format('of 20 new records %s are written: %s', writes, title))
from (select * from play.tries order by place) t;
select is(play.written('mark', changes), '0 written, 20 accepted', 'of a batch that is sent again nothing is written') from play.tries where place = 1;

-- Of a head nothing is cleared away while it is pushed to often, and each reading goes through all that it was: hence few.
create function play.readings(changes jsonb[]) returns bigint language plpgsql as $$
declare
	before bigint := pg_stat_get_xact_numscans('public.heads'::regclass) + pg_stat_get_xact_numscans('public.heads_pkey'::regclass);
begin
	perform play.answers('mark', variadic changes);
	return pg_stat_get_xact_numscans('public.heads'::regclass) + pg_stat_get_xact_numscans('public.heads_pkey'::regclass) - before;
end
$$;
select is(play.readings(array(select play.change('r' || n, 'finances', 0, 'r' || n) from generate_series(1, 40) as n)),
	play.readings(array[play.change('r', 'finances', 0, 'r')]), 'the head is read as often for forty new records as for one');

-- What is all new goes in by one statement, and no change is looked at by itself.
create function play.add(variadic changes jsonb[]) returns bigint language plpgsql as $$
declare
	said bigint;
begin
	perform set_config('request.jwt.claims', play.claims('mark')::text, true), set_config('request.jwt.claim.sub', play.id('mark')::text, true);
	said := (app.add_at_once(play.id('house'), play.id('mark'),
		app.read_changes(play.id('house'), play.id('mark'), to_json(changes)))).added;
	perform set_config('request.jwt.claims', '', true), set_config('request.jwt.claim.sub', '', true);
	return said;
end
$$;
select is(play.add(play.change('u1', 'finances', 0, 'u1'), play.change('u2', 'finances', 0, 'u2')), 2::bigint, 'a clean batch is added at once');
select is(play.add(play.change('u3', 'finances', 0, 'u3'), play.change('u1', 'finances', 1, 'u4')), 1::bigint, 'of a mixed one what is new');
select is(play.add(play.change('u5', 'finances', 0, 'u5'), play.change('u6', 'finances', 0, 'u6') || '{"body": "hello"}'), null,
	'and of one with a body that is not sealed nothing');
select is(play.stored('u5'), null, 'not the ones beside it either');
create or replace function app.refuse_unsealed(changes app_private.change[]) returns app_private.change[]
	language plpgsql as 'begin raise sqlstate ''PT500''; end';
select is(play.statuses('mark', play.change('u7', 'finances', 0, 'u7'), play.change('u8', 'chat', 0, 'u8')), 'accepted accepted',
	'a push of nothing but new records is judged no further');
select throws_ok(format('select play.statuses(''mark'', %L::jsonb)', play.change('u9', 'finances', 0, 'u9') || '{"body": "hello"}'), 'PT500', null,
	'any other is');

select * from finish();
rollback;
