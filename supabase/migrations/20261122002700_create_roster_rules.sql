-- Which roster may follow which. Every browser holds each step of the chain against the same rules and against the
-- signature; here they keep one member from spoiling the chain of all.
create function app.hold_roster(holds boolean, why text) returns void
	language plpgsql immutable set search_path = '' as $$
begin
	if holds is not true then
		raise sqlstate 'PT400' using message = why;
	end if;
end
$$;

create function app.require_for_roster(permission text, entity uuid, domain text default null) returns void
	language plpgsql stable set search_path = '' as $$
begin
	if not app.has_permission(permission, entity, domain) then
		raise sqlstate 'PT403' using message = 'You may not change this roster so.';
	end if;
end
$$;

create function app.members_of(roster jsonb) returns table (id uuid, identity text, role text, domains text[])
	language sql immutable set search_path = '' as $$
	select * from jsonb_to_recordset(roster -> 'members') as m (id uuid, identity text, role text, domains text[])
$$;

create function app.domains_of(roster jsonb) returns table (domain text, oldest integer, current integer, keys jsonb)
	language sql immutable set search_path = '' as $$
	select d.key, (d.value ->> 'oldest')::integer, (d.value ->> 'current')::integer, d.value -> 'keys'
	from jsonb_each(roster -> 'domains') d
$$;

-- The text of a roster as JSON, if it has the members of one and no others.
create function app.read_roster(bytes text) returns jsonb
	language plpgsql immutable set search_path = '' as $$
declare
	given json := convert_from(app.to_bytes(bytes), 'UTF8')::json;
	roster jsonb := given::jsonb;
	one jsonb;
begin
	perform app.hold_roster(app.to_text(app.to_bytes(bytes)) = bytes and json_typeof(given) = 'object', 'A roster is an object.');
	perform app.hold_roster((select array_agg(k order by k) from json_object_keys(given) k)
		= array['counter', 'domains', 'emergency', 'entity', 'epoch', 'members', 'prev', 'v'], 'A roster has eight members.');
	perform app.hold_roster(roster -> 'v' = '1' and jsonb_typeof(roster -> 'members') = 'array'
		and jsonb_typeof(roster -> 'domains') = 'object' and jsonb_typeof(roster -> 'emergency') = 'array'
		and jsonb_typeof(roster -> 'epoch') = 'number' and jsonb_typeof(roster -> 'counter') = 'number'
		and jsonb_typeof(roster -> 'prev') in ('string', 'null'), 'This is no roster of version 1.');
	perform app.hold_roster(bool_and(m.id is not null and m.role in ('owner', 'administrator', 'analyst', 'member', 'viewer')
			and app.is_bytes(m.identity, 32) and m.domains <@ array['health', 'finances', 'administration', 'chat']
			and (m.role <> 'owner' or cardinality(m.domains) = 4))
		and count(distinct m.id) = count(*) and bool_or(m.role = 'owner'), 'Its members are not right.')
	from app.members_of(roster) m;
	for one in select e.value from jsonb_array_elements(roster -> 'emergency') e loop
		perform app.hold_roster((one ->> 'id')::uuid is not null and app.is_bytes(one ->> 'identity', 32)
			and jsonb_typeof(one -> 'domains') = 'array', 'Its emergency contacts are not right.');
	end loop;
	perform app.hold_roster(coalesce(bool_and(d.domain in ('health', 'finances', 'administration', 'chat')
		and d.current >= 1 and d.oldest between 0 and d.current
		-- The keys are counted first: a series as long as a roster says would fill the memory.
		and case when (select count(*) from jsonb_object_keys(d.keys)) = d.current - greatest(d.oldest, 1) + 1
			then d.keys = (
				select jsonb_object_agg(g, d.keys ->> g::text) from generate_series(greatest(d.oldest, 1), d.current) g
			) else false end
		and not exists (select from jsonb_each_text(d.keys) k where app.is_bytes(k.value, 32) is not true)), true),
		'Its domains are not right.')
	from app.domains_of(roster) d;
	return roster;
end
$$;
comment on function app.read_roster(text) is 'A roster from its bytes. Raises PT400, or what the database says of bytes that are no JSON.';

create function app.identity_hash(kem text, sign text) returns bytea
	language sql immutable
	return sha256(convert_to('arca/1 identity', 'UTF8') || '\x00'::bytea || app.to_bytes(kem) || app.to_bytes(sign));

-- Whether a hash is that of the identity which a person has now.
create function app.is_identity_now(person uuid, hash text) returns boolean
	language sql stable set search_path = '' as $$
	select coalesce((
		select app.to_text(app.identity_hash(i.kem, i.sign)) = is_identity_now.hash
		from public.identities i where i.user_id = person order by i.number desc limit 1
	), false)
$$;

-- Whether statements lead from an identity of a person, by its hash, to the one they have now.
create function app.is_followed(person uuid, hash text) returns boolean
	language sql stable set search_path = '' as $$
	select exists (
		select from public.identities i
		where i.user_id = person and app.to_text(app.identity_hash(i.kem, i.sign)) = is_followed.hash and not exists (
			select from public.identities l where l.user_id = person and l.number > i.number and l.succession is null
		)
	)
$$;

-- Who may change which rows: whoever may not change roles adds and removes people below themselves, with domains that
-- they hold. A row of oneself goes, or gets the identity that followed, without any right; every identity that comes in
-- is the one that its person has now.
create function app.judge_members(me uuid, entity uuid, was jsonb, becomes jsonb) returns void
	language plpgsql stable set search_path = '' as $$
declare
	row record;
	ranks constant text[] := array['viewer', 'member', 'analyst', 'administrator', 'owner'];
	mine record;
begin
	select m.role, m.domains, app.has_permission('members.change_role', entity) as of_all into mine
		from app.members_of(was) m where m.id = me;
	for row in
		select coalesce(n.id, o.id) as id, o.id is null as is_new, n.id is null as is_gone,
			o.role is distinct from n.role or not (o.domains @> n.domains and o.domains <@ n.domains) as other_rights,
			o.identity is distinct from n.identity as other_identity, o.identity as old_identity, n.identity,
			coalesce(n.role, o.role) as role, coalesce(n.domains, o.domains) as domains
		from app.members_of(was) o full join app.members_of(becomes) n on n.id = o.id
	loop
		if row.is_new then
			perform app.require_for_roster('members.invite', entity);
			perform app.hold_roster(exists (
				select from public.memberships m where m.entity_id = judge_members.entity and m.user_id = row.id
			), 'Who comes in is a member.');
		elsif row.is_gone then
			if row.id <> me then
				perform app.require_for_roster('members.remove', entity);
			end if;
		elsif row.other_rights then
			perform app.require_for_roster('members.change_role', entity);
		elsif row.other_identity and row.id <> me then
			perform app.require_for_roster('members.invite', entity);
		end if;
		if row.id <> me and (row.is_new or row.is_gone or row.other_identity) and not mine.of_all then
			perform app.hold_roster(array_position(ranks, row.role) < array_position(ranks, mine.role)
				and row.domains <@ mine.domains, 'Nobody adds or removes who stands above them.');
		end if;
		if row.other_identity and not row.is_gone then
			perform app.hold_roster(app.is_identity_now(row.id, row.identity)
				and (row.id <> me or app.is_followed(me, row.old_identity)), 'This is not the identity that they have.');
		end if;
	end loop;
	if was -> 'emergency' <> becomes -> 'emergency' then
		perform app.require_for_roster('security.edit', entity);
	end if;
end
$$;

-- Generations only go on: a domain with a user layer stays, a key is never exchanged, and one roster rotates a domain by
-- one or retires its old generations, not both. A new chain rotates every domain, so that no number stands for two keys.
create function app.judge_domains(entity uuid, was jsonb, becomes jsonb, is_new_chain boolean) returns void
	language plpgsql stable set search_path = '' as $$
declare
	d record;
begin
	for d in
		select coalesce(n.domain, o.domain) as domain, o.domain is null as is_new, o.oldest as old_oldest,
			o.current as old_current, o.keys as old_keys, n.oldest, n.current, n.keys
		from app.domains_of(was) o full join app.domains_of(becomes) n on n.domain = o.domain
	loop
		perform app.hold_roster(d.current is not null, 'A domain with a user layer stays.');
		if d.is_new then
			perform app.require_for_roster('security.edit', entity, d.domain);
			perform app.hold_roster(d.current = 1, 'The first generation is 1.');
			continue;
		end if;
		if d.oldest <> d.old_oldest or d.current <> d.old_current then
			perform app.require_for_roster('keys.rotate', entity, d.domain);
		end if;
		perform app.hold_roster(case
			when d.current = d.old_current + 1 then d.oldest = d.old_oldest
			when is_new_chain then false
			else d.current = d.old_current and d.oldest in (d.old_oldest, d.current)
			end, 'A generation follows the one before it, or old ones are retired.');
		perform app.hold_roster(not exists (
			select from jsonb_each(d.old_keys) o join jsonb_each(d.keys) n using (key) where o.value <> n.value
		), 'The key of a generation is never another.');
	end loop;
end
$$;

revoke execute on function app.identity_hash(text, text), app.hold_roster(boolean, text), app.require_for_roster(text, uuid, text),
	app.is_identity_now(uuid, text),
	app.is_followed(uuid, text), app.members_of(jsonb), app.domains_of(jsonb), app.read_roster(text), app.judge_members(uuid, uuid, jsonb, jsonb),
	app.judge_domains(uuid, jsonb, jsonb, boolean) from public, anon, authenticated;
