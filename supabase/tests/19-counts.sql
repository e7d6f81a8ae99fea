-- Limits that several servers share: what a server's word counts, and that nobody else's does.
begin;
\ir cast.psql
\ir steps.psql
select no_plan();

create function play.key(who text default 'ana') returns text language sql immutable return rpad(replace(who, ' ', '-'), 43, '_');
create function play.uses(amount bigint, seconds integer default 60, who text default 'ana') returns text language sql as $$
	select play.act('nobody', format('select public.count_use(%1$L, %2$s, %3$s, play.proof(''count'', %4$L)) ->> ''used''',
		play.key(who), amount, seconds, concat_ws('|', 'use', play.key(who), amount, seconds)))
$$;
create function play.tries(free integer default 3, who text default 'ana') returns text language sql as $$
	select play.act('nobody', format('select concat_ws('' '', a ->> ''wait'', a ->> ''last'') from public.count_attempt(%1$L, %2$s,
		play.proof(''count'', %3$L)) as a', play.key('tries of ' || who), free, concat_ws('|', 'attempt', play.key('tries of ' || who), free)))
$$;
grant execute on all functions in schema play to anon;
-- Moves the time of all counts.
create function play.later(by interval) returns void language sql as $$
	update app_private.limit_counts set until = until - by, locked_until = locked_until - by
$$;

select is(array[play.uses(1), play.uses(3), play.uses(0), play.uses(1, who => 'ben')], '{1,4,4,1}', 'each counts for itself');
select play.later('61 seconds');
select is(array[play.uses(0), play.uses(2)], '{0,2}', 'a minute later it begins anew');
select is((select count(*) from app_private.limit_counts), 2::bigint, 'reading writes nothing');

select is(array[play.tries(), play.tries(), play.tries(), play.tries(), play.tries()], '{"0 false","0 false","0 true","60 false","60 false"}',
	'the third of three free attempts is the last one, for a minute that grows by none that is refused');
select is(play.tries(who => 'ben'), '0 false', 'and somebody else has theirs');
create function play.lock_after(waited interval) returns text language sql as $$
	select play.later(waited); select play.tries(); select play.tries()
$$;
select is((select string_agg(play.lock_after(make_interval(secs => s)), ', ') from unnest(array[60, 120, 240, 480, 960, 1920, 3600]) as s),
	'120 false, 240 false, 480 false, 960 false, 1920 false, 3600 false, 3600 false', 'a lock is twice as long as the one before, an hour at most');
select play.later('25 hours');
select is(play.tries(), '0 false', 'a day after the last attempt they are forgotten');
select play.tries(), play.tries();
select play.act('nobody', format('select public.forget_count(%L, play.proof(''count'', %L))', play.key('tries of ana'), 'forget|' || play.key('tries of ana')));
select is(play.tries(), '0 false', 'and by success');

-- Nobody but the server.
create function play.forges(proof text) returns text language sql as $$
	select string_agg(play.attempt('nobody', call), ' ') from unnest(array[
		format('select public.count_use(%L, 5, 60, %s)', play.key(), proof),
		format('select public.count_attempt(%L, 3, %s)', play.key('tries of ana'), proof),
		format('select public.forget_count(%L, %s)', play.key('tries of ana'), proof)]) as call
$$;
select is(play.forges(p.proof), 'PT403 PT403 PT403', p.title)
from (values
	('null', 'without a proof nothing is counted or forgotten'),
	('play.proof(''count'', ''use'')', 'nor by a proof of something else'),
	(format('play.proof(''begin'', %L)', 'use|' || play.key() || '|5|60'), 'nor of another purpose'),
	(format('play.proof(''count'', %L)', 'use|' || play.key('ben') || '|5|60'), 'nor of another count'),
	(format('play.proof(''count'', %L) || ''{"mac": "AAAA"}''', 'use|' || play.key() || '|5|60'), 'nor by a forged one')
) p (proof, title);
select is(play.without('take_proof(purpose text, detail text, proof jsonb)', $$play.forges('null')$$, 'returns void language sql as '''''), 'rows rows rows', 'it is the proof that keeps them from it');
select is(play.attempt('olga', format('select public.count_use(%L, 1, 60, play.proof(''count'', %L))', play.key(), 'use|' || play.key() || '|1|60')), '42501',
	'whoever is signed in may not even ask');

-- Counts that have ended are removed by whoever comes by, a server among them.
select play.later('25 hours');
update app_private.sweeps set swept_at = '-infinity';
select play.uses(1, who => 'cleo');
select is((select array_agg(key) from app_private.limit_counts), array[play.key('cleo')], 'what has ended is swept');

select * from finish();
rollback;
