-- Entities and memberships change by these functions only.
create function app.entity_json(entity public.entities, member public.memberships) returns json
	language sql stable
	return json_build_object('id', entity.id, 'kind', entity.kind, 'rev', entity.rev::text, 'body', entity.body,
		'role', member.role, 'domains', to_json(member.domains), 'epoch', entity.epoch,
		'restored_from', app.instant_text(entity.restored_from), 'avatar', entity.avatar);

create function public.draw_entity_id() returns uuid
	language plpgsql security definer set search_path = '' as $$
declare
	me uuid := app.require();
	drawn uuid;
begin
	if (select count(*) from app_private.drawn_ids d where d.drawn_by = me and d.drawn_at > now() - interval '1 day')
		>= app.limit_of('drawn_ids_per_day') then
		raise sqlstate 'PT429' using message = 'Too many entities in one day.';
	end if;
	insert into app_private.drawn_ids (drawn_by) values (me) returning id into drawn;
	return drawn;
end
$$;
comment on function public.draw_entity_id() is 'An id for an entity that the caller will create. Raises PT401, PT429.';

create function public.create_entity(entity uuid, kind text, body text) returns json
	language plpgsql security definer set search_path = '' as $$
declare
	me uuid := app.require();
	made public.entities;
	member public.memberships;
begin
	update app_private.drawn_ids d set used_at = now()
		where d.id = create_entity.entity and d.drawn_by = me and d.used_at is null;
	if not found then
		raise sqlstate 'PT409' using message = 'This id was not drawn by you, or was used before.';
	end if;
	-- The lock on one row of the person puts their creations in a row, so that the count holds.
	perform from app_private.drawn_ids d where d.drawn_by = me order by d.drawn_at, d.id limit 1 for update;
	if (select count(*) from public.entities e where e.created_by = me) >= app.limit_of('entities_per_person') then
		raise sqlstate 'PT413' using message = 'You have too many entities.';
	end if;
	insert into public.entities (id, kind, body, created_by)
		values (create_entity.entity, create_entity.kind, create_entity.body, me) returning * into made;
	insert into public.memberships (entity_id, user_id, role, domains)
		values (made.id, me, 'owner', array['health', 'finances', 'administration', 'chat']) returning * into member;
	insert into public.heads (entity_id, domain)
		select made.id, unnest(array['health', 'finances', 'administration', 'chat']);
	insert into app_private.usage (entity_id) values (made.id);
	perform app.note_audit('entity', made.id, 'entity.create', made.id);
	perform app.note_audit('account', me, 'entity.create', made.id);
	return app.entity_json(made, member);
end
$$;
comment on function public.create_entity(uuid, text, text) is
	'Creates an entity with an id the caller drew; the caller owns it. Raises PT401, PT409, PT413, 23514.';

create function public.update_entity(entity uuid, rev text, body text, kind text default null, avatar text default null)
	returns json
	language plpgsql security definer set search_path = '' as $$
declare
	me uuid := app.require('entity.edit', entity);
	made public.entities;
	member public.memberships;
begin
	if update_entity.avatar <> '' and not app.is_avatar_there(entity, update_entity.avatar) then
		raise sqlstate 'PT404' using message = 'This picture is not stored.';
	end if;
	update public.entities e
		set rev = e.rev + 1, body = update_entity.body, kind = coalesce(update_entity.kind, e.kind), updated_at = now(),
			avatar = case when update_entity.avatar is null then e.avatar else nullif(update_entity.avatar, '')::uuid end
		where e.id = update_entity.entity and (e.rev + 1)::text = update_entity.rev
		returning * into made;
	if not found then
		raise sqlstate 'PT409' using message = 'Another change of this entity came first.';
	end if;
	select * into member from public.memberships m where m.entity_id = made.id and m.user_id = me;
	perform app.note_audit('entity', made.id, 'entity.edit', made.id);
	return app.entity_json(made, member);
end
$$;
comment on function public.update_entity(uuid, text, text, text, text) is
	'Puts the next revision of an entity''s body; rev is the new one. Of the avatar null says nothing, an empty text that it has none any more. Raises PT401, PT403, PT404, PT409, 23514.';

create function public.delete_entity(entity uuid) returns void
	language plpgsql security definer set search_path = '' as $$
declare
	me uuid := app.require('entity.delete', entity);
begin
	perform app.require_fresh_step();
	perform from public.entities e where e.id = delete_entity.entity for update;
	perform from public.heads h where h.entity_id = delete_entity.entity order by h.domain for update;
	perform app.note_audit('entity', entity, 'entity.delete', entity);
	perform app.note_audit('account', me, 'entity.delete', entity);
	delete from public.record_history r where r.entity_id = delete_entity.entity;
	delete from public.records r where r.entity_id = delete_entity.entity;
	delete from app_private.emergency_grants g where g.entity_id = delete_entity.entity;
	delete from public.key_grants g where g.entity_id = delete_entity.entity;
	delete from app_private.roster_people p where p.entity_id = delete_entity.entity;
	delete from public.rosters r where r.entity_id = delete_entity.entity;
	delete from public.heads h where h.entity_id = delete_entity.entity;
	delete from app_private.usage u where u.entity_id = delete_entity.entity;
	delete from public.memberships m where m.entity_id = delete_entity.entity;
	delete from public.entities e where e.id = delete_entity.entity;
end
$$;
comment on function public.delete_entity(uuid) is 'Deletes an entity with all it holds, for good. Raises PT401, PT403, fresh-step.';

create function public.leave_entity(entity uuid) returns void
	language plpgsql security definer set search_path = '' as $$
declare
	me uuid := app.require('entity.view', entity);
begin
	perform from public.entities e where e.id = leave_entity.entity for update;
	if not exists (
		select from public.memberships m
		where m.entity_id = leave_entity.entity and m.user_id <> me and m.role = 'owner'
	) and exists (
		select from public.memberships m
		where m.entity_id = leave_entity.entity and m.user_id = me and m.role = 'owner'
	) then
		raise sqlstate 'PT409' using message = 'The last owner cannot leave.';
	end if;
	delete from public.memberships m where m.entity_id = leave_entity.entity and m.user_id = me;
	perform app.note_audit('entity', entity, 'members.leave', me);
	perform app.note_audit('account', me, 'members.leave', entity);
end
$$;
comment on function public.leave_entity(uuid) is 'Ends the caller''s own membership. Raises PT401, PT403, PT409 for the last owner.';

create function public.list_entities() returns json
	language plpgsql security definer set search_path = '' as $$
declare
	me uuid := app.require();
begin
	perform app.sweep();
	return (
		select coalesce(json_agg(app.entity_json(e, m) order by e.created_at, e.id), '[]')
		from public.memberships m join public.entities e on e.id = m.entity_id
		where m.user_id = me
	);
end
$$;
comment on function public.list_entities() is 'The caller''s entities with role and domains. Raises PT401.';
