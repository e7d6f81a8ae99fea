-- Row level security of keys, rosters and grants. All of it is written by functions only.
create trigger refuse_truncate before truncate on public.identities execute function app.refuse_truncate();
create trigger refuse_truncate before truncate on public.user_keys execute function app.refuse_truncate();
create trigger refuse_truncate before truncate on public.bundles execute function app.refuse_truncate();
create trigger refuse_truncate before truncate on public.key_resets execute function app.refuse_truncate();
create trigger refuse_truncate before truncate on public.rosters execute function app.refuse_truncate();
create trigger refuse_truncate before truncate on public.key_grants execute function app.refuse_truncate();

alter table public.identities enable row level security;
alter table public.user_keys enable row level security;
alter table public.bundles enable row level security;
alter table public.key_resets enable row level security;
alter table public.rosters enable row level security;
alter table public.key_grants enable row level security;

create policy "Only sessions that stand see identities" on public.identities
	as restrictive using ((select app.session_ok()));
create policy "Only sessions that stand see keys" on public.user_keys
	as restrictive using ((select app.session_ok()));
create policy "Only sessions that stand see bundles" on public.bundles
	as restrictive using ((select app.session_ok()));
create policy "Only sessions that stand see resets" on public.key_resets
	as restrictive using ((select app.session_ok()));
create policy "Only sessions that stand see rosters" on public.rosters
	as restrictive using ((select app.session_ok()));
create policy "Only sessions that stand see grants" on public.key_grants
	as restrictive using ((select app.session_ok()));

-- Oneself, who is in one's entities, and who ever stood in their rosters: without those no chain could be checked.
create function app.known_people() returns setof uuid
	language plpgsql stable security definer set search_path = '' as $$
declare
	mine uuid[] := array(select app.entities_with('entity.view'));
begin
	return query
		select auth.uid()
		union select m.user_id from public.memberships m where m.entity_id = any (mine)
		union select p.user_id from app_private.roster_people p where p.entity_id = any (mine);
end
$$;
comment on function app.known_people() is 'The people whose public identities the caller may see.';
revoke execute on function app.known_people() from public, anon, authenticated;
grant execute on function app.known_people() to authenticated;

create policy "People see the identities of whom they share an entity with" on public.identities for select to authenticated
	using (user_id = any (array(select app.known_people())));
create policy "Everybody sees their own keys" on public.user_keys for select to authenticated
	using (user_id = (select auth.uid()));
create policy "Everybody sees their own bundles" on public.bundles for select to authenticated
	using (user_id = (select auth.uid()));
create policy "Everybody sees their own reset" on public.key_resets for select to authenticated
	using (user_id = (select auth.uid()));
create policy "Members see the rosters of their entities" on public.rosters for select to authenticated
	using (entity_id = any (array(select app.entities_with('entity.view'))));
create policy "Members see their own grants in their domains" on public.key_grants for select to authenticated using (
	member_id = (select auth.uid()) and (
		(domain = 'health' and entity_id = any (array(select app.member_entities('health', false)))) or
		(domain = 'finances' and entity_id = any (array(select app.member_entities('finances', false)))) or
		(domain = 'administration' and entity_id = any (array(select app.member_entities('administration', false)))) or
		(domain = 'chat' and entity_id = any (array(select app.member_entities('chat', false))))
	)
);

revoke all on public.identities, public.user_keys, public.bundles, public.key_resets, public.rosters,
	public.key_grants from anon, authenticated;
grant select on public.identities, public.user_keys, public.bundles, public.key_resets, public.rosters,
	public.key_grants to authenticated;
