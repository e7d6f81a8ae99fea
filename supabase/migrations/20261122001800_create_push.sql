-- What push_records is made of. The changes are read and judged by what can be seen at once; then what is new is added in one
-- statement, which makes its answers too. Where that is not all of them, bodies and room are judged as well, the others are
-- held against what is stored and changed in one statement, and every change gets its own answer.
create type app_private.change as (
	place bigint,
	change uuid,
	id uuid,
	domain text,
	base bigint,
	state text,
	generation integer,
	body text,
	verdict text
);
comment on type app_private.change is 'One change of a push; verdict is null until it is judged.';

create type app_private.outcome as (change uuid, id uuid, rev bigint, seq bigint);
comment on type app_private.outcome is 'A change that was made: the revision and number it got.';

-- Reads the changes and refuses those whose shape or domain refuses them, whatever is stored. Whether a body is sealed is
-- left to the table, which looks at it in any case, and to app.refuse_unsealed.
create function app.read_changes(entity uuid, me uuid, changes json) returns app_private.change[]
	language plpgsql stable set search_path = '' as $$
declare
	open text[];
begin
	select m.domains into open from public.memberships m
		where m.entity_id = read_changes.entity and m.user_id = me;
	return (
		select coalesce(array_agg(row(c.place, c.change, c.id, c.domain, c.base, c.state, c.generation, c.body, case
			when c.change is null or c.id is null or c.domain is null or c.base is null or c.base < 0
				or c.state is null or c.state not in ('live', 'bin', 'purged') or c.body is null
				or c.domain not in ('health', 'finances', 'administration', 'chat') then 'invalid'
			when c.domain <> all (open) then 'denied'
			when octet_length(c.body) > 262144 then 'too-large'
			when not app.is_content_there(entity, c.domain, c.id, c.content) then 'content-missing'
			end)::app_private.change), '{}')
		from rows from (json_to_recordset(changes) as (
			change uuid, id uuid, domain text, base bigint, state text, generation integer, body text, content uuid
		)) with ordinality as c (change, id, domain, base, state, generation, body, content, place)
	);
end
$$;

create function app.refuse_unsealed(changes app_private.change[]) returns app_private.change[]
	language plpgsql immutable set search_path = '' as $$
begin
	return (
		select array_agg(row(c.place, c.change, c.id, c.domain, c.base, c.state, c.generation, c.body, case
			when c.verdict is null and not app.is_sealed(c.body) then 'invalid' else c.verdict
			end)::app_private.change)
		from unnest(changes) c
	);
end
$$;

-- Where the entity has not room for all of it: refuses, in order, what no longer fits. What was accepted before needs no
-- room, and purging makes some.
create function app.fit_changes(entity uuid, changes app_private.change[]) returns app_private.change[]
	language plpgsql set search_path = '' as $$
declare
	kept app_private.usage;
	most_rows bigint := app.limit_of('rows_per_entity');
	most_bytes bigint := app.limit_of('bytes_per_entity');
	more_bytes bigint;
begin
	select * into kept from app_private.usage u where u.entity_id = fit_changes.entity;
	select sum(octet_length(c.body)) into more_bytes from unnest(changes) c where c.verdict is null;
	if kept.rows + cardinality(changes) <= most_rows and kept.bytes + coalesce(more_bytes, 0) <= most_bytes then
		return changes;
	end if;
	return (
		with needs as (
			select c.*, c.verdict is null and c.state <> 'purged' and not exists (
				select from public.records r
				where r.entity_id = fit_changes.entity and r.id = c.id and r.change_id = c.change
			) and not exists (
				select from public.record_history h
				where h.entity_id = fit_changes.entity and h.id = c.id and h.change_id = c.change
			) as room
			from unnest(changes) c
		), running as (
			select n.*, kept.rows + count(*) filter (where n.room and n.base = 0) over w as rows,
				kept.bytes + sum(octet_length(n.body)) filter (where n.room) over w as bytes
			from needs n window w as (order by n.place)
		)
		select array_agg(row(r.place, r.change, r.id, r.domain, r.base, r.state, r.generation, r.body,
			case when r.room and (r.bytes > most_bytes or (r.base = 0 and r.rows > most_rows)) then 'over-quota'
				else r.verdict end)::app_private.change)
		from running r
	);
end
$$;

-- Locks the heads of the domains that are written to, in one order, and gives them as they are then. A reading of the row
-- for each change would go through all that it was since the last vacuum.
create function app.hold_heads(entity uuid, changes app_private.change[]) returns public.heads[]
	language plpgsql set search_path = '' as $$
begin
	return array(
		select h from public.heads h
		where h.entity_id = entity and h.domain in (select c.domain from unnest(changes) c)
		order by h.domain for update
	);
end
$$;

create function app.permissions_of(entity uuid, me uuid) returns text[]
	language plpgsql stable set search_path = '' as $$
begin
	return array(
		select p.permission from public.memberships m join app.role_permissions p on p.role = m.role and not p.reserved
		where m.entity_id = entity and m.user_id = me
	);
end
$$;

-- Adds the records that are new, and nothing that would be taken back when the statement ends: what the caller may not add,
-- or not in this generation, is not written at all. One that exists already is left for app.change_records. The heads are
-- locked. Gives how many were added, and the answers: right where that is as many as there are changes.
create function app.add_records(
	entity uuid, me uuid, allowed text[], heads public.heads[], changes app_private.change[],
	out added bigint, out answers json
)
	language plpgsql set search_path = '' as $$
begin
	-- The answers are put together as text: of ids and numbers, at a tenth of what functions for any JSON cost.
	with new as materialized (
		select c.*, h.seq + row_number() over (partition by c.domain order by c.place) as number
		from unnest(changes) c join unnest(heads) h on h.domain = c.domain
		where c.verdict is null and c.base = 0
			and app.permission_to_change(c.domain, null, c.state) = any (allowed)
			and c.generation is not distinct from h.generation
	), put as (
		insert into public.records
			(entity_id, id, domain, rev, seq, generation, state, change_id, author, created_at, updated_at, body)
		select add_records.entity, n.id, n.domain, 1, n.number, n.generation, n.state, n.change, me, now(), now(), n.body
		from new n
		on conflict (entity_id, id) do nothing
		returning id
	)
	select (select count(*) from put), '[' || coalesce(string_agg(
		'{"id":"' || n.id || '","status":"accepted","rev":"1","seq":"' || n.number || '"}', ',' order by n.place
	), '') || ']' into added, answers from new n;
end
$$;

-- The same before bodies and room were judged. Adds null, and nothing is written, where there might not be room for all of
-- it or the table refuses a body. The heads are locked in here: a lock from outside and a number written under it inside
-- are to the database two who hold the row at once, which it writes down elsewhere and looks up at each reading.
create function app.add_at_once(
	entity uuid, me uuid, changes app_private.change[], out added bigint, out answers json
)
	language plpgsql set search_path = '' as $$
declare
	heads public.heads[];
begin
	-- What is given with a declaration happens outside of the block that an exception takes back.
	heads := app.hold_heads(entity, changes);
	if exists (
		select from app_private.usage u where u.entity_id = add_at_once.entity and (
			u.rows + cardinality(changes) > app.limit_of('rows_per_entity')
			or u.bytes + (select coalesce(sum(octet_length(c.body)), 0) from unnest(changes) c)
				> app.limit_of('bytes_per_entity')
		)
	) then
		return;
	end if;
	select x.added, x.answers into added, answers
		from app.add_records(entity, me, app.permissions_of(entity, me), heads, changes) x;
exception
	-- PT413: others filled another domain of the entity meanwhile; insufficient_privilege: a right was taken back.
	when check_violation or insufficient_privilege or sqlstate 'PT413' then
		added := null;
end
$$;

revoke execute on function app.read_changes(uuid, uuid, json), app.refuse_unsealed(app_private.change[]),
	app.fit_changes(uuid, app_private.change[]), app.hold_heads(uuid, app_private.change[]),
	app.permissions_of(uuid, uuid),
	app.add_records(uuid, uuid, text[], public.heads[], app_private.change[]),
	app.add_at_once(uuid, uuid, app_private.change[]) from public, anon, authenticated;
