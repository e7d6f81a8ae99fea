-- Which content a file's record names is inside its sealed body. The change that brings it says so beside the body: from
-- then on that content is in use, and what the file had before is released. Nothing but a push does this, so that a row
-- written directly frees nobody's content.

-- Whether the content that a change names is complete, and of that record; a change without one is well. One that was
-- released is there until the sweep: an earlier version of the record may be taken back.
create function app.is_content_there(entity uuid, domain text, file uuid, content uuid) returns boolean
	language plpgsql stable set search_path = '' as $$
begin
	return content is null or exists (
		select from public.contents c
		where c.id = content and c.entity_id = entity and c.domain = is_content_there.domain
			and c.file = is_content_there.file and c.state in ('complete', 'used', 'released')
	);
end
$$;

-- Called once the changes are written: those that are their record's newest take effect.
create function app.link_contents(entity uuid, changes json) returns void
	language plpgsql set search_path = '' as $$
declare
	named record;
begin
	for named in
		select c.content, c.id as file
		from json_to_recordset(changes) as c (change uuid, id uuid, content uuid)
		join public.records r on r.entity_id = link_contents.entity and r.id = c.id and r.change_id = c.change
		where c.content is not null order by c.content
	loop
		update public.contents c set state = 'used', moved_at = now()
			where c.id = named.content and c.entity_id = link_contents.entity and c.file = named.file
				and c.state in ('complete', 'used', 'released');
		if not found then
			-- Swept since it was looked at: the push is taken back and sent again, and then it is told.
			raise sqlstate '40001' using message = 'A content went meanwhile.';
		end if;
		update public.contents c set state = 'released', moved_at = now()
			where c.entity_id = link_contents.entity and c.file = named.file and c.id <> named.content
				and c.state in ('used', 'complete');
	end loop;
end
$$;

-- What an entity was deleted with goes without waiting for a day, as what a record was purged with does.
create function app.release_deleted() returns trigger
	language plpgsql security definer set search_path = '' as $$
begin
	update public.contents c set state = 'due', moved_at = now() where c.entity_id = old.id and c.state <> 'due';
	return old;
end
$$;
create trigger release_deleted after delete on public.entities
	for each row execute function app.release_deleted();

create function app.remove_due_contents() returns void
	language plpgsql set search_path = '' as $$
begin
	update public.contents c set state = 'due', moved_at = now() where c.id in (
		select o.id from public.contents o
		where o.state in ('open', 'complete', 'released') and o.moved_at < now() - interval '1 day'
		limit 200 for update skip locked
	);
	-- A part that was on its way when its content became due may still arrive: until it cannot any more, it is known here.
	delete from public.contents c where c.id in (
		select o.id from public.contents o
		where o.state = 'due' and o.moved_at < now() - interval '1 hour' and not exists (select from app.stored_parts(o))
		limit 200 for update skip locked
	);
end
$$;
comment on function app.remove_due_contents() is
	'Marks what nobody finished, named or needs any more, and forgets what storage no longer holds.';

revoke execute on function app.is_content_there(uuid, text, uuid, uuid), app.link_contents(uuid, json),
	app.release_deleted(), app.remove_due_contents() from public, anon, authenticated;
