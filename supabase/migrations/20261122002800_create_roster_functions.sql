-- Posting rosters and grants.
create function app.roster_json(r public.rosters) returns json
	language sql stable
	return json_build_object('epoch', r.epoch, 'counter', r.counter::text, 'bytes', r.bytes, 'signature', r.signature,
		'signer', r.signer, 'at', app.instant_text(r.at));

create function app.newest_roster(entity uuid) returns public.rosters
	language sql stable set search_path = '' as $$
	select * from public.rosters r where r.entity_id = entity order by r.epoch desc, r.counter desc limit 1
$$;

-- The grants among these that are of a key of the roster, from oneself to people who have the domain there.
create function app.fitting_grants(me uuid, entity uuid, roster jsonb, people jsonb, grants jsonb)
	returns public.key_grants[] language sql stable set search_path = '' as $$
	select coalesce(array_agg(row(g.entity, g.domain, g.generation, g.member, p.identity, me, g.sealed, g.signature,
		now())::public.key_grants), '{}')
	from jsonb_to_recordset(grants)
		as g (entity uuid, domain text, generation integer, member uuid, grantor uuid, sealed text, signature text)
	join jsonb_to_recordset(people) as p (id uuid, identity text, domains text[])
		on p.id = g.member and g.domain = any (p.domains)
	join app.domains_of(roster) d on d.domain = g.domain and d.keys ? g.generation::text
	where g.entity = fitting_grants.entity and g.grantor = me
$$;

-- A grant that is there already stays as it is: nobody writes over what opens somebody's domain.
create function app.add_grants(me uuid, entity uuid, roster jsonb, grants jsonb, emergency jsonb default '[]') returns void
	language plpgsql set search_path = '' as $$
declare
	wanted text;
	given public.key_grants[] := app.fitting_grants(me, entity, roster, roster -> 'members', grants);
	set_aside public.key_grants[] := app.fitting_grants(me, entity, roster, roster -> 'emergency', emergency);
begin
	for wanted in select distinct g.value ->> 'domain' from jsonb_array_elements(grants || emergency) g loop
		perform app.require_for_roster('keys.rotate', entity, wanted);
	end loop;
	perform app.hold_roster(cardinality(given) = jsonb_array_length(grants)
		and cardinality(set_aside) = jsonb_array_length(emergency),
		'A grant is of a key of the roster, from oneself to who has the domain there.');
	insert into public.key_grants select g.* from unnest(given) g on conflict do nothing;
	insert into app_private.emergency_grants select g.* from unnest(set_aside) g on conflict do nothing;
end
$$;

-- What a roster says of the domains, told to the heads: from here on bodies have the current generation. Retiring waits
-- until no body, current or earlier, is older; then the older grants go.
create function app.follow_roster(entity uuid, was jsonb, becomes jsonb) returns void
	language plpgsql set search_path = '' as $$
declare
	d record;
begin
	for d in
		select n.*, o.current as old_current, o.oldest as old_oldest
		from app.domains_of(becomes) n left join app.domains_of(was) o on o.domain = n.domain
		where o.current is distinct from n.current or o.oldest is distinct from n.oldest
	loop
		perform app.hold_roster(not exists (
			select from app.members_of(becomes) m where d.domain = any (m.domains) and not exists (
				select from public.key_grants g
				where g.entity_id = follow_roster.entity and g.domain = d.domain and g.generation = d.current
					and g.member_id = m.id and g.identity = m.identity
			)
		), 'Every member who has the domain needs a grant of its current key.');
		if d.oldest > coalesce(d.old_oldest, 0) then
			if app.count_stale(entity, d.domain, d.oldest) > 0 or exists (
				select from jsonb_to_recordset(becomes -> 'emergency') as c (id uuid, domains text[])
				where d.domain = any (c.domains) and not exists (
					select from app_private.emergency_grants g
					where g.entity_id = follow_roster.entity and g.domain = d.domain and g.generation = d.current
						and g.member_id = c.id
				)
			) then
				raise sqlstate 'PT423' using message = 'Older generations are still in use.';
			end if;
			delete from public.key_grants g
				where g.entity_id = follow_roster.entity and g.domain = d.domain and g.generation < d.oldest;
			delete from app_private.emergency_grants g
				where g.entity_id = follow_roster.entity and g.domain = d.domain and g.generation < d.oldest;
		end if;
		update public.heads h set generation = d.current, oldest = d.oldest
			where h.entity_id = follow_roster.entity and h.domain = d.domain;
		perform app.note_audit('entity', entity, case when d.old_current is null then 'domain.switched_on'
			when d.current > d.old_current then 'domain.rotated' else 'domain.retired' end, entity, d.domain);
	end loop;
end
$$;

-- A new chain: by the one owner there is, who lost their keys after the old chain began.
create function app.may_begin_anew(me uuid, entity uuid, epoch integer) returns boolean
	language sql stable set search_path = '' as $$
	select not exists (
		select from public.memberships m
		where m.entity_id = may_begin_anew.entity and m.role = 'owner' and m.user_id <> me
	) and exists (
		select from public.user_keys k join public.rosters r on r.entity_id = may_begin_anew.entity
			and r.epoch = may_begin_anew.epoch and r.counter = 1
		where k.user_id = me and k.by_reset and k.at > r.at
	)
$$;

-- Adds the next roster with its grants. Raises PT409 where it is not the next one, PT423 where it retires what is in use.
create function app.add_roster(me uuid, entity uuid, post jsonb) returns public.rosters
	language plpgsql set search_path = '' as $$
declare
	becomes jsonb := app.read_roster(post ->> 'bytes');
	epoch integer := (post ->> 'epoch')::integer;
	counter bigint := (post ->> 'counter')::bigint;
	was jsonb := '{"members": [], "domains": {}, "emergency": []}';
	newest public.rosters;
	added public.rosters;
	begins boolean;
begin
	perform app.hold_roster((post ->> 'signer')::uuid = me and becomes ->> 'entity' = entity::text
		and (becomes ->> 'epoch')::integer = epoch and (becomes ->> 'counter')::bigint = counter,
		'The roster says otherwise.');
	-- The entity's lock puts those who post in a row; heads are locked in the order in which everybody takes them.
	perform from public.entities e where e.id = entity for update;
	perform from public.heads h where h.entity_id = entity order by h.domain for update;
	newest := app.newest_roster(entity);
	begins := counter = 1 and epoch = coalesce(newest.epoch, 0) + 1;
	if not begins and (newest.epoch is null or epoch <> newest.epoch or counter <> newest.counter + 1)
		or becomes ->> 'prev' is distinct from (case when begins then null else newest.hash end) then
		raise sqlstate 'PT409' using message = 'Another roster came first.';
	end if;
	if (select count(*) from public.rosters r where r.entity_id = entity and r.at > now() - interval '1 day')
		>= app.limit_of('rosters_per_day') then
		raise sqlstate 'PT429' using message = 'Too many rosters in one day.';
	end if;
	if newest.epoch is not null then
		was := app.read_roster(newest.bytes);
	end if;
	if begins then
		perform app.require_for_roster('security.edit', entity);
		perform app.hold_roster((select count(*) = 1 and bool_and(m.id = me) from app.members_of(becomes) m),
			'The first roster has one member, who signs it.');
		if newest.epoch is not null and not app.may_begin_anew(me, entity, newest.epoch) then
			raise sqlstate 'PT403' using message = 'A new chain follows a reset of the only owner.';
		end if;
	else
		-- Whoever leaves signs that without any right.
		if exists (select from app.members_of(becomes) m where m.id = me)
			or not exists (select from app.members_of(was) m where m.id = me) then
			perform app.require_for_roster('keys.rotate', entity);
		end if;
		perform app.hold_roster(exists (select from app.members_of(was) m where m.id = me), 'A member signs.');
		perform app.judge_members(me, entity, was, becomes);
	end if;
	perform app.judge_domains(entity, was, becomes, begins);
	insert into public.rosters (entity_id, epoch, counter, bytes, hash, signature, signer)
		values (entity, epoch, counter, post ->> 'bytes', app.to_text(sha256(app.to_bytes(post ->> 'bytes'))),
			post ->> 'signature', me)
		returning * into added;
	-- Members alone: whoever signs may not open a stranger's identities to themselves by writing them in.
	insert into app_private.roster_people (entity_id, user_id)
		select s.entity_id, s.user_id from app.members_of(becomes) m
		join public.memberships s on s.entity_id = add_roster.entity and s.user_id = m.id on conflict do nothing;
	perform app.add_grants(me, entity, becomes, coalesce(post -> 'grants', '[]'), coalesce(post -> 'emergency', '[]'));
	perform app.follow_roster(entity, was, becomes);
	perform app.note_audit('entity', entity, 'roster.posted', me);
	return added;
end
$$;

revoke execute on function app.roster_json(public.rosters), app.newest_roster(uuid),
	app.fitting_grants(uuid, uuid, jsonb, jsonb, jsonb), app.add_grants(uuid, uuid, jsonb, jsonb, jsonb),
	app.follow_roster(uuid, jsonb, jsonb), app.may_begin_anew(uuid, uuid, integer), app.add_roster(uuid, uuid, jsonb)
	from public, anon, authenticated;
