-- Writing records straight into the table, past the functions: at worst a body that does not open.
begin;
\ir cast.psql
select no_plan();

create function play.set(what text) returns text language sql as $$
	select format('update public.records set %s where entity_id = %L and id = %L', what, play.id('house'),
		play.id('a finances record'))
$$;
create function play.insert(columns text, vals text) returns text language sql as $$
	select format('insert into public.records (entity_id, id, domain, rev, change_id, body%s)
		values (%L, gen_random_uuid(), ''finances'', 1, gen_random_uuid(), play_body()%s)', columns, play.id('house'), vals)
$$;
create view play.record as select * from public.records where id = play.id('a finances record');
create table play.before as select * from play.record;
create table play.next as select 'rev = rev + 1, change_id = gen_random_uuid()' as revision;

-- What a member may write, with what the trigger makes of it.
select play.act('olga', play.set((select revision from play.next) || ', body = ' || quote_literal(play.body('q'))
	|| ', seq = 7777, author = ' || quote_literal(play.id('vera')) || ', created_at = ''2001-01-01'', updated_at = ''2001-01-01''')
	|| ' returning id') is not null as "Olga writes";
select is(r.rev, b.rev + 1, 'a revision follows the one before it') from play.record r, play.before b;
select is(r.seq, b.seq + 1, 'the sequence is the next of the domain, whatever was sent') from play.record r, play.before b;
select is(r.author, play.id('olga'), 'the author is who writes, whatever was sent') from play.record r;
select is(r.created_at, b.created_at, 'the time of creation stays') from play.record r, play.before b;
select is(r.updated_at, now(), 'the time of change is now') from play.record r;
select is(h.seq, r.seq, 'the head shows the last number')
	from public.heads h, play.record r where h.entity_id = r.entity_id and h.domain = r.domain;
select is((select count(*) from public.record_history where id = play.id('a finances record')), 2::bigint,
	'the body before is kept');

-- What nobody may write.
select is(play.attempt('olga', play.set(c.change)), c.answer, c.title)
from play.next, (values
	('body = body', 'PT409', 'a change without a revision is refused'),
	('rev = rev + 2, change_id = gen_random_uuid()', 'PT409', 'a revision that skips one is refused'),
	('rev = rev - 1, change_id = gen_random_uuid()', 'PT409', 'an earlier revision is refused'),
	('rev = rev + 1', 'PT409', 'a revision by the change before it is refused'),
	('domain = ''health'', rev = rev + 1, change_id = gen_random_uuid()', 'PT409', 'a record stays in its domain'),
	('id = gen_random_uuid(), rev = rev + 1, change_id = gen_random_uuid()', 'PT409', 'a record keeps its id'),
	('entity_id = ''' || play.id('cabin') || ''', rev = rev + 1, change_id = gen_random_uuid()', 'PT409', 'a record stays in its entity'),
	('rev = rev + 1, change_id = gen_random_uuid(), generation = 1', 'PT409', 'a generation that the domain has not is refused'),
	('rev = rev + 1, change_id = gen_random_uuid(), body = ''hello''', '23514', 'what is no sealed body is refused'),
	('rev = rev + 1, change_id = gen_random_uuid(), body = ''AVMAAAAB <script>''', '23514', 'a body is base64url'),
	('rev = rev + 1, change_id = gen_random_uuid(), body = ''AVMA''', '23514', 'a body is not shorter than its envelope'),
	('rev = rev + 1, change_id = gen_random_uuid(), body = replace(body, ''AVM'', ''AVU'')', '23514', 'a body begins as the system layer does'),
	('rev = rev + 1, change_id = gen_random_uuid(), body = null', '23514', 'a record that is not purged has a body'),
	('rev = rev + 1, change_id = gen_random_uuid(), body = ''AVMA'' || repeat(''x'', 262140)', 'rows', 'a body of 256 KiB is taken'),
	('rev = rev + 1, change_id = gen_random_uuid(), body = ''AVMA'' || repeat(''x'', 262141)', '23514', 'a longer body is refused'),
	('rev = rev + 1, change_id = gen_random_uuid(), state = ''gone''', '23514', 'a state is one of three')
) c (change, answer, title);

-- New records.
create function public.play_body() returns text language sql immutable as 'select ''AVMAAAAB'' || repeat(''n'', 300)';
grant execute on function public.play_body() to authenticated;
select is(play.attempt('olga', play.insert(c.columns, c.vals)), c.answer, c.title)
from (values
	('', '', 'rows', 'a new record is taken'),
	(', generation', ', 3', 'PT409', 'a new record of a generation that the domain has not is refused'),
	(', seq, author', ', 1, ''' || play.id('vera') || '''', 'rows', 'a sequence and an author that are sent are not looked at')
) c (columns, vals, answer, title);
select is(play.attempt('olga', replace(play.insert('', ''), ', 1,', ', 2,')), 'PT409', 'the first revision is 1');
select is(play.attempt('olga', replace(play.insert('', ''), 'finances', 'other')), '42501', 'there are four domains');
select is(play.attempt('sten', play.insert('', '')), '42501', 'a stranger adds nothing');
select is(play.attempt('hella', play.insert('', '')), '42501', 'a member adds nothing to a domain that is not open to them');
select is(play.attempt('vera', play.insert('', '')), '42501', 'a viewer adds nothing');

-- Who may not write learns nothing of what exists, and holds up nobody.
create function play.told(actor text, statement text) returns text language plpgsql as $$
begin
	perform play.enter(actor);
	execute statement;
	return 'done';
exception when others then
	return sqlstate || ' ' || sqlerrm;
end
$$;
create function play.locks() returns xid language sql as $$
	select xmax from public.heads where entity_id = play.id('house') and domain = 'finances'
$$;
create table play.untouched as select play.locks() as by;
select is(play.told(a.actor, play.insert('', '')), play.told(a.actor, replace(play.insert('', ''), play.id('house')::text, w.other::text)),
	format('%s is told the same of the house and of %s', a.actor, w.what))
from unnest(play.actors()) as a (actor), (values ('nothing', gen_random_uuid()), ('a stranger''s cabin', play.id('cabin'))) as w (what, other)
where a.actor in ('sten', 'zoe', 'nobody', 'rita', 'sessionless', 'garbled', 'borrowed') and (a.actor <> 'sten' or w.what = 'nothing');
select matches(play.told('sten', play.insert('', '')), '^42501 ', 'which is that they may not');
select is(play.locks(), by, 'no head was locked') from play.untouched;
select is(play.attempt('olga', play.insert('', '')), 'rows', 'who may write');
select isnt(play.locks(), by, 'locks it') from play.untouched;

-- States: to the bin by whoever may edit, out of it and for good by whoever manages.
select is(play.who_can(play.set(revision || ', state = ''bin''')), 'olga adam mark', 'who edits may move to the bin') from play.next;
select is(play.who_can(play.set(revision || ', state = ''purged''')), 'olga adam', 'managers alone delete for good') from play.next;
select play.act('mark', play.set(revision || ', state = ''bin''') || ' returning id') from play.next;
select is(play.who_can(play.set(revision || ', state = ''live''')), 'olga adam', 'managers alone restore from the bin') from play.next;
select is(play.who_can(play.set(revision || ', state = ''purged'', body = null')), 'olga adam', 'before 30 days a purge needs the right') from play.next;
select play.act('adam', play.set(revision || ', state = ''purged'', body = null') || ' returning id') from play.next;
select is((select count(*) from public.record_history where id = play.id('a finances record')), 0::bigint,
	'what was deleted for good has no earlier bodies either');
select is(play.who_can(play.set(revision || ', state = ''live'', body = ' || quote_literal(play.body()))), 'olga adam',
	'managers alone bring back what was purged') from play.next;

-- Chat: everybody who posts changes their own messages only.
select is(play.who_can(format('update public.records set rev = rev + 1, change_id = gen_random_uuid()
	where entity_id = %L and domain = ''chat''', play.id('house'))), 'mark', 'a message is changed by its author alone');

-- Generations, once a domain has one.
update public.heads set generation = 2, oldest = 1 where entity_id = play.id('house') and domain = 'health';
create function play.health(what text) returns text language sql as $$
	select replace(play.set(what), play.id('a finances record')::text, play.id('a health record')::text)
$$;
select is(play.attempt('mark', play.health(c.change)), c.answer, c.title)
from play.next, (values
	('rev = rev + 1, change_id = gen_random_uuid()', 'PT409', 'a body without the user layer is refused where there is one'),
	('rev = rev + 1, change_id = gen_random_uuid(), generation = 1', 'PT409', 'a body of an earlier generation is refused'),
	('rev = rev + 1, change_id = gen_random_uuid(), generation = 3', 'PT409', 'a body of a generation to come is refused'),
	('rev = rev + 1, change_id = gen_random_uuid(), generation = 2', 'rows', 'a body of the current generation is taken'),
	('generation = 2, body = ''' || play.body('r') || '''', '42501', 'a member who may not rotate keys seals nothing anew'),
	('generation = 2, state = ''bin''', 'PT409', 'sealing anew does not change the state')
) c (change, answer, title);
select is(play.attempt('adam', play.health(c.change)), c.answer, c.title)
from (values
	('generation = 1, body = ''' || play.body('r') || '''', 'PT409', 'sealing anew for an earlier generation is refused'),
	('generation = 2, body = ''' || play.body('r') || '''', 'rows', 'sealing anew for the current generation is taken')
) c (change, answer, title);
create table play.health_before as select * from public.records where id = play.id('a health record');
select play.act('adam', play.health('generation = 2, seq = 99, body = ' || quote_literal(play.body('r'))) || ' returning id') is not null as "Adam seals anew";
select is(row(r.rev, r.seq, r.author, r.change_id, r.updated_at), row(b.rev, b.seq, b.author, b.change_id, b.updated_at),
	'sealing anew keeps revision, sequence, author, change and time')
from public.records r, play.health_before b where r.id = b.id;

-- Whoever owns the table goes past the stamp, as push_records does, and is held to the same: first revision, own author,
-- these times, a number above the head's. Claims alone make nobody the owner.
create function play.bring(rev text, seq text, author text, at text) returns text language plpgsql as $$
declare
	head bigint := (select h.seq from public.heads h where h.entity_id = play.id('house') and h.domain = 'finances');
begin
	perform set_config('request.jwt.claims', play.claims('olga')::text, true), set_config('request.jwt.claim.sub', play.id('olga')::text, true);
	execute format('insert into public.records (entity_id, id, domain, rev, seq, change_id, author, created_at, updated_at, body)
		values (%L, gen_random_uuid(), ''finances'', %s, %s + %s, gen_random_uuid(), %L, %s, %s, play_body())',
		play.id('house'), rev, head, seq, play.id(author), split_part(at, ' ', 1), split_part(at, ' ', 2));
	raise sqlstate 'U0000';
exception
	when sqlstate 'U0000' then return 'taken';
	when others then return sqlstate;
end
$$;
select is(play.bring(c.rev, c.seq, c.author, c.at), c.answer, c.title)
from (values
	('1', '1', 'olga', 'now() now()', 'taken', 'the owner brings a record along that is right'),
	('2', '1', 'olga', 'now() now()', 'PT409', 'but none at a later revision'),
	('1', '1', 'vera', 'now() now()', 'PT409', 'none by somebody else'),
	('1', '1', 'olga', '''2001-01-01'' now()', 'PT409', 'none of another time'),
	('1', '1', 'olga', 'now() ''2001-01-01''', 'PT409', 'none changed at another time'),
	('1', '0', 'olga', 'now() now()', '23505', 'none with the number of another'),
	('1', '2000000', 'olga', 'now() now()', '40001', 'and none far above')
) c (rev, seq, author, at, answer, title);
select set_config('request.jwt.claims', '', true), set_config('request.jwt.claim.sub', '', true);
select throws_ok(play.insert(', seq, author, created_at, updated_at', format(', 5000, %L, now(), now()', play.id('olga'))), 'PT409', null,
	'without a person the owner adds nothing');

-- Whatever is sent, and whoever the claims say they are: who is not the owner of the table is stamped.
create function play.forged(claims jsonb) returns text language plpgsql as $$
declare
	house uuid := play.id('house');
	vera uuid := play.id('vera');
	sent text := play.claims('olga') || claims;
	stored public.records;
begin
	perform play.enter('olga'), set_config('request.jwt.claims', sent, true);
	insert into public.records (entity_id, id, domain, rev, seq, change_id, author, created_at, updated_at, body)
		values (house, gen_random_uuid(), 'finances', 1, 7777, gen_random_uuid(), vera, '2001-01-01', '2002-02-02', public.play_body())
		returning * into stored;
	perform set_config('role', 'none', true), set_config('request.jwt.claims', '', true), set_config('request.jwt.claim.sub', '', true);
	return concat_ws(' ', stored.seq - (select h.seq from public.heads h where h.entity_id = play.id('house') and h.domain = 'finances'),
		case stored.author when play.id('olga') then 'olga' else 'another' end,
		stored.created_at - now(), stored.updated_at - now());
end
$$;
select is(play.forged(c.claims), '0 olga 00:00:00 00:00:00', 'number, author and times are set, whatever was sent: ' || c.claims::text)
from (values ('{}'::jsonb), (jsonb_build_object('role', current_user)), ('{"role": "service_role"}')) c (claims);

-- The operator has no person, and may put another system key under a body.
select lives_ok(format($$ update public.records set body = 'AVMAAAAC' || substr(body, 9) where id = %L $$, play.id('a health record')),
	'the operator seals anew under another system key');
select throws_ok(format($$ update public.records set body = 'AVMAAAAC' || repeat('s', 300) where id = %L $$, play.id('a health record')), 'PT409',
	null, 'the operator changes no body under the same key');
select throws_ok(format($$ update public.records set rev = rev + 1, change_id = gen_random_uuid() where id = %L $$, play.id('a health record')), null,
	null, 'the operator writes no revision');

select * from finish();
rollback;
