-- Who can read, add, change, delete and empty which table, for every actor.
begin;
\ir cast.psql
\ir keys.psql
\ir contents.psql
\ir tables.psql
select play.act('mark', 'select public.ask_reset()') is not null as "Mark asks for a reset";
select no_plan();

select ok(c.relrowsecurity, format('%s is under row level security', c.relname))
from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p');

select is_empty($$
	select c.relname from pg_class c
	where c.relnamespace = 'public'::regnamespace and c.relkind not in ('r', 'p', 'i', 'I', 'S', 'c')
$$, 'public holds no view, which would be read with its owner''s rights');

select is_empty($$
	select c.oid::regclass::text from pg_class c
	where c.relnamespace in ('app'::regnamespace, 'app_private'::regnamespace) and c.relrowsecurity
$$, 'no table outside public is under row level security, or the embedded backend would grant the whole schema');

select is_empty($$
	select c.relname, v.verb
	from pg_class c cross join unnest(array['select', 'insert', 'update', 'delete', 'truncate']) as v (verb)
	where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not exists (
		select from play.table_cases t where t.table_name = c.relname and t.verb = v.verb
	)
$$, 'every table has a case for every verb');

select is(play.who_can(t.statement), t.who, format('%s %s: only %s', t.verb, t.table_name, coalesce(nullif(t.who, ''), 'nobody')))
from play.table_cases t;

select is_empty($$
	select t.table_name, t.verb from play.table_cases t
	where string_to_array(t.who, ' ') && array['rita', 'uma', 'nobody', 'sessionless', 'garbled', 'borrowed']
$$, 'no case expects anything of who has no session that stands');

-- The tables no client has business with.
select is(play.who_can(format('select * from %s', c.oid::regclass)), '', format('%s is closed to everybody', c.oid::regclass))
from pg_class c
where c.relnamespace in ('app'::regnamespace, 'app_private'::regnamespace) and c.relkind = 'r';

select * from finish();
rollback;
