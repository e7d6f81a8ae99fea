-- Where the project has Supabase Realtime, a change is told to the devices that listen, so that they pull at once; where
-- it has not, nothing happens here and they ask by themselves. A message says which entity and domain, never what.

-- One message for every head that a statement moved: a head moves when records of its domain were written.
create function app.tell_change() returns trigger
	language plpgsql security definer set search_path = '' as $$
begin
	-- Looked up when it runs, for Realtime may be switched on long after this was made.
	if to_regprocedure('realtime.send(jsonb,text,text,boolean)') is not null then
		begin
			perform realtime.send(jsonb_build_object('entity', new.entity_id, 'domain', new.domain), 'changed',
				'records:' || new.entity_id || ':' || new.domain, true);
		exception when others then
			-- What was written stays written; the others hear of it when they ask next.
			raise warning 'A change was not broadcast: %', sqlerrm;
		end;
	end if;
	return null;
end
$$;
create trigger tell_change after update on public.heads
	for each row when (old.seq <> new.seq) execute function app.tell_change();

create function app.may_hear(topic text) returns boolean
	language plpgsql stable security definer set search_path = '' as $$
declare
	named text[] := regexp_match(topic, '^records:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}):([a-z]+)$');
begin
	return named is not null and app.has_permission(
		case when named[2] = 'chat' then 'chat.view' else 'records.view' end, named[1]::uuid, named[2]);
end
$$;
comment on function app.may_hear(text) is
	'Whether the caller may listen to a topic: records:<entity>:<domain> of a domain whose records they may read.';

-- Realtime asks the policies of its table who may listen to a private channel (Supabase docs, "Realtime Authorization").
-- There is none for writing: nobody but the database says anything.
create function app.let_members_listen() returns void
	language plpgsql set search_path = '' as $$
begin
	if to_regclass('realtime.messages') is null or to_regprocedure('realtime.topic()') is null or exists (
		select from pg_catalog.pg_policies p where p.schemaname = 'realtime' and p.tablename = 'messages'
			and p.policyname = 'Members hear that their domains changed'
	) then
		return;
	end if;
	create policy "Members hear that their domains changed" on realtime.messages for select to authenticated using (
		extension = 'broadcast' and topic = (select realtime.topic())
		and (select app.session_ok()) and (select app.may_hear(realtime.topic()))
	);
exception when insufficient_privilege then
	raise warning 'Changes are not broadcast: the policies of realtime.messages belong to another role.';
end
$$;
comment on function app.let_members_listen() is
	'Lets members listen to the changes of their domains, where the project has Realtime. Calling it again does nothing more.';
select app.let_members_listen();

revoke execute on function app.tell_change(), app.may_hear(text), app.let_members_listen()
	from public, anon, authenticated;
grant execute on function app.may_hear(text) to authenticated;
