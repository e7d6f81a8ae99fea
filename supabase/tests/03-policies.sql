-- Each policy is needed: with it taken away, who can do what changes.
begin;
\ir cast.psql
\ir contents.psql
\ir tables.psql
select no_plan();

-- Who can do each case of a table once a policy is gone; undone again.
create function play.without_policy(policy name, of_table name) returns setof text language plpgsql as $$
declare
	found text;
begin
	execute format('drop policy %I on public.%I', policy, of_table);
	select string_agg(t.statement || ' => ' || play.who_can(t.statement), e'\n' order by t.statement) into found
		from play.table_cases t where t.table_name = of_table and t.verb <> 'truncate';
	raise exception using errcode = 'U0001', message = found;
exception when sqlstate 'U0001' then
	return query select unnest(string_to_array(sqlerrm, e'\n'));
end
$$;
create function play.changed_without(policy name, of_table name) returns boolean language sql as $$
	select exists (
		select from play.without_policy(policy, of_table) as found
		where found not in (
			select t.statement || ' => ' || t.who from play.table_cases t where t.table_name = of_table
		) and found like '% => %'
	)
$$;

select ok(play.changed_without(p.policyname, p.tablename), format('%s (%s)', p.policyname, p.tablename))
from pg_policies p where p.schemaname = 'public';

select is_empty($$
	select c.relname from pg_class c
	where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not exists (
		select from pg_policies p where p.schemaname = 'public' and p.tablename = c.relname and p.permissive = 'RESTRICTIVE'
			and p.cmd = 'ALL' and p.roles = '{public}' and p.qual ~ '\( SELECT app.session_ok\(\)'
	)
$$, 'every table has the restrictive policy of the session, for every role and verb, evaluated once a query');

select is_empty($$
	select policyname from pg_policies p
	where p.schemaname = 'public' and p.permissive = 'PERMISSIVE' and p.roles <> '{authenticated}'
$$, 'every permissive policy is for signed-in people alone');

select is_empty($$
	select policyname from pg_policies p
	where p.schemaname = 'public' and p.cmd in ('UPDATE', 'ALL') and p.permissive = 'PERMISSIVE' and p.with_check is null
$$, 'no policy lets a row be changed into one it would not allow');

select is_empty($$
	select policyname from pg_policies where schemaname = 'public' and (policyname !~ '^[A-Z].* .* ' or policyname ~ '\.$')
$$, 'a policy''s name is a sentence');

select * from finish();
rollback;
