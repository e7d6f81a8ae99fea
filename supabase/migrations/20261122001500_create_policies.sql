-- Row level security: what is not allowed here is not there. The restrictive policies are for every role and every verb,
-- so that a policy added later cannot let a session pass that no longer stands.
alter table public.entities enable row level security;
alter table public.memberships enable row level security;
alter table public.heads enable row level security;
alter table public.records enable row level security;
alter table public.record_history enable row level security;
alter table public.audit_events enable row level security;
alter table public.preferences enable row level security;

create policy "Only sessions that stand see entities" on public.entities
	as restrictive using ((select app.session_ok()));
create policy "Only sessions that stand see memberships" on public.memberships
	as restrictive using ((select app.session_ok()));
create policy "Only sessions that stand see heads" on public.heads
	as restrictive using ((select app.session_ok()));
create policy "Only sessions that stand reach records" on public.records
	as restrictive using ((select app.session_ok()));
create policy "Only sessions that stand see earlier bodies" on public.record_history
	as restrictive using ((select app.session_ok()));
create policy "Only sessions that stand see the audit trail" on public.audit_events
	as restrictive using ((select app.session_ok()));
create policy "Only sessions that stand reach preferences" on public.preferences
	as restrictive using ((select app.session_ok()));

create policy "Members see their entities" on public.entities for select to authenticated
	using (id = any (array(select app.entities_with('entity.view'))));

create policy "Members see who is in their entities" on public.memberships for select to authenticated
	using (entity_id = any (array(select app.entities_with('entity.view'))));

create policy "Members see the heads of their domains" on public.heads for select to authenticated using (
	(domain = 'health' and entity_id = any (array(select app.member_entities('health', false)))) or
	(domain = 'finances' and entity_id = any (array(select app.member_entities('finances', false)))) or
	(domain = 'administration' and entity_id = any (array(select app.member_entities('administration', false)))) or
	(domain = 'chat' and entity_id = any (array(select app.member_entities('chat', false))))
);

create policy "Members read the records of their domains" on public.records for select to authenticated using (
	(domain = 'health' and entity_id = any (array(select app.member_entities('health', false)))) or
	(domain = 'finances' and entity_id = any (array(select app.member_entities('finances', false)))) or
	(domain = 'administration' and entity_id = any (array(select app.member_entities('administration', false)))) or
	(domain = 'chat' and entity_id = any (array(select app.member_entities('chat', false))))
);

create policy "Members who may write add records to their domains" on public.records for insert to authenticated
with check (
	(domain = 'health' and entity_id = any (array(select app.member_entities('health', true)))) or
	(domain = 'finances' and entity_id = any (array(select app.member_entities('finances', true)))) or
	(domain = 'administration' and entity_id = any (array(select app.member_entities('administration', true)))) or
	(domain = 'chat' and entity_id = any (array(select app.member_entities('chat', true))))
);

create policy "Members who may write change records of their domains" on public.records for update to authenticated
using (
	(domain = 'health' and entity_id = any (array(select app.member_entities('health', true)))) or
	(domain = 'finances' and entity_id = any (array(select app.member_entities('finances', true)))) or
	(domain = 'administration' and entity_id = any (array(select app.member_entities('administration', true)))) or
	(domain = 'chat' and author = (select auth.uid()) and entity_id = any (array(select app.member_entities('chat', true))))
)
with check (
	(domain = 'health' and entity_id = any (array(select app.member_entities('health', true)))) or
	(domain = 'finances' and entity_id = any (array(select app.member_entities('finances', true)))) or
	(domain = 'administration' and entity_id = any (array(select app.member_entities('administration', true)))) or
	(domain = 'chat' and author = (select auth.uid()) and entity_id = any (array(select app.member_entities('chat', true))))
);

create policy "Members read earlier bodies of their domains for 30 days" on public.record_history for select to authenticated
using (
	replaced_at > now() - interval '30 days' and (
		(domain = 'health' and entity_id = any (array(select app.member_entities('health', false)))) or
		(domain = 'finances' and entity_id = any (array(select app.member_entities('finances', false)))) or
		(domain = 'administration' and entity_id = any (array(select app.member_entities('administration', false)))) or
		(domain = 'chat' and entity_id = any (array(select app.member_entities('chat', false))))
	)
);

create policy "Everybody sees the events of their own account" on public.audit_events for select to authenticated
	using (scope = 'account' and subject = (select auth.uid()));

create policy "Members with audit.view see the events of their domains" on public.audit_events for select to authenticated
using (
	scope = 'entity' and subject = any (array(select app.entities_with('audit.view'))) and (
		domain is null or
		(domain = 'health' and subject = any (array(select app.member_entities('health', false)))) or
		(domain = 'finances' and subject = any (array(select app.member_entities('finances', false)))) or
		(domain = 'administration' and subject = any (array(select app.member_entities('administration', false)))) or
		(domain = 'chat' and subject = any (array(select app.member_entities('chat', false))))
	)
);

create policy "Everybody reads their own preferences" on public.preferences for select to authenticated
	using (user_id = (select auth.uid()));
create policy "Everybody sets their own preferences" on public.preferences for insert to authenticated
	with check (user_id = (select auth.uid()));
create policy "Everybody changes their own preferences" on public.preferences for update to authenticated
	using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
create policy "Everybody clears their own preferences" on public.preferences for delete to authenticated
	using (user_id = (select auth.uid()));
