-- Rosters, grants and identities as the interface reads and posts them.
create function public.list_rosters(entity uuid, epoch integer default 1, counter text default '1') returns json
	language plpgsql security definer set search_path = '' as $$
declare
	me uuid := app.require('entity.view', entity);
	most constant integer := 100;
begin
	return (
		with found as materialized (
			select r.*, row_number() over (order by r.epoch, r.counter) as place
			from (
				select * from public.rosters x
				where x.entity_id = list_rosters.entity
					and (x.epoch, x.counter) >= (list_rosters.epoch, list_rosters.counter::bigint)
				order by x.epoch, x.counter limit most + 1
			) r
		)
		select json_build_object('rosters', coalesce((
			select json_agg(json_build_object('epoch', f.epoch, 'counter', f.counter::text, 'bytes', f.bytes,
				'signature', f.signature, 'signer', f.signer, 'at', app.instant_text(f.at)) order by f.place)
			from found f where f.place <= most
		), '[]'), 'more', (select count(*) from found) > most)
	);
end
$$;
comment on function public.list_rosters(uuid, integer, text) is
	'The chain of an entity from an epoch and counter on, 100 at a time. Raises PT401, PT403.';

create function public.get_newest_roster(entity uuid) returns json
	language plpgsql security definer set search_path = '' as $$
declare
	me uuid := app.require('entity.view', entity);
begin
	return (select app.roster_json(r) from app.newest_roster(entity) r where r.epoch is not null);
end
$$;
comment on function public.get_newest_roster(uuid) is
	'The newest roster of an entity, null where there is none. Raises PT401, PT403.';

create function public.post_roster(entity uuid, roster jsonb) returns json
	language plpgsql security definer set search_path = '' as $$
declare
	me uuid := app.require('entity.view', entity);
begin
	return json_build_object('roster', app.roster_json(app.add_roster(me, entity, roster)));
exception when sqlstate 'PT409' then
	return json_build_object('conflict', true, 'roster', (
		select app.roster_json(r) from app.newest_roster(entity) r where r.epoch is not null
	));
end
$$;
comment on function public.post_roster(uuid, jsonb) is
	'Adds the next roster with its grants, or tells the newest where another was first. Raises PT400, PT401, PT403, PT423, PT429.';

create function public.list_grants(entity uuid) returns json
	language plpgsql security definer set search_path = '' as $$
declare
	me uuid := app.require('entity.view', entity);
begin
	return (
		select coalesce(json_agg(json_build_object('entity', g.entity_id, 'domain', g.domain, 'generation', g.generation,
			'member', g.member_id, 'grantor', g.grantor_id, 'sealed', g.sealed, 'signature', g.signature)
			order by g.at desc, g.domain, g.generation desc, g.identity, g.grantor_id), '[]')
		from public.key_grants g
		join public.memberships m on m.entity_id = g.entity_id and m.user_id = me and g.domain = any (m.domains)
		where g.entity_id = list_grants.entity and g.member_id = me
	);
end
$$;
comment on function public.list_grants(uuid) is
	'The caller''s own grants in the domains that are open to them, newest first. Raises PT401, PT403.';

create function public.post_grants(entity uuid, grants jsonb) returns void
	language plpgsql security definer set search_path = '' as $$
declare
	me uuid := app.require('keys.rotate', entity);
	newest public.rosters := app.newest_roster(entity);
begin
	if newest.epoch is null or jsonb_typeof(grants) is distinct from 'array' then
		raise sqlstate 'PT400' using message = 'There is no roster, or these are no grants.';
	end if;
	perform app.add_grants(me, entity, app.read_roster(newest.bytes), grants);
	perform app.note_audit('entity', entity, 'keys.granted', me);
end
$$;
comment on function public.post_grants(uuid, jsonb) is
	'Gives members keys that the newest roster knows. Raises PT400, PT401, PT403.';

create function public.list_identities(person uuid) returns json
	language plpgsql security definer set search_path = '' as $$
declare
	me uuid := app.require();
begin
	if person is null or person not in (select app.known_people()) then
		raise sqlstate 'PT403' using message = 'You share no entity with this person.';
	end if;
	return (
		select json_build_object(
			'identities', coalesce(json_agg(json_build_object('kem', i.kem, 'sign', i.sign,
				'at', app.instant_text(i.at)) order by i.number), '[]'),
			'successions', coalesce(json_agg(i.succession order by i.number) filter (where i.succession is not null), '[]'))
		from public.identities i where i.user_id = person
	);
end
$$;
comment on function public.list_identities(uuid) is
	'Every public identity of oneself or of a person of one''s entities, oldest first. Raises PT401, PT403.';

revoke execute on function public.list_rosters(uuid, integer, text), public.get_newest_roster(uuid),
	public.post_roster(uuid, jsonb),
	public.list_grants(uuid), public.post_grants(uuid, jsonb), public.list_identities(uuid)
	from public, anon, authenticated;
grant execute on function public.list_rosters(uuid, integer, text), public.get_newest_roster(uuid),
	public.post_roster(uuid, jsonb),
	public.list_grants(uuid), public.post_grants(uuid, jsonb), public.list_identities(uuid) to authenticated;
