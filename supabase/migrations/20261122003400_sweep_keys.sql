-- Deleting an entity takes its rosters and grants along; the sweep removes earlier keys, earlier bundles and resets that
-- nobody finished, once due.
create or replace function public.delete_entity(entity uuid) returns void
	language plpgsql security definer set search_path = '' as $$
declare
	me uuid := app.require('entity.delete', entity);
begin
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

create function app.remove_due_keys() returns void
	language plpgsql set search_path = '' as $$
begin
	delete from public.user_keys k where (k.user_id, k.version) in (
		select o.user_id, o.version from public.user_keys o where o.kept_until < now() limit 500 for update skip locked
	);
	delete from public.bundles b where (b.user_id, b.version) in (
		select o.user_id, o.version from public.bundles o where o.kept_until < now() and not app.is_base_bundle(o)
		limit 500 for update skip locked
	);
	delete from public.key_resets r where r.due_at <= now() - interval '7 days';
end
$$;
comment on function app.remove_due_keys() is 'Removes earlier keys and bundles, and resets that nobody finished, once due.';
revoke execute on function app.remove_due_keys() from public, anon, authenticated;

create or replace function app.sweep() returns void
	language plpgsql security definer set search_path = '' as $$
begin
	perform from app_private.sweeps s where s.swept_at < now() - interval '1 minute' for update skip locked;
	if not found then
		return;
	end if;
	update app_private.sweeps set swept_at = now();
	-- Whoever comes by wants their own answer: a sweep that fails is told to the log, and tried again a minute later.
	begin
		perform app.remove_due();
		perform app.remove_due_keys();
	exception when others then
		raise warning 'The sweep failed: %', sqlstate;
	end;
end
$$;
