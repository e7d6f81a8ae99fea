-- Stored objects. Sealed parts are never signed, listed, moved, copied or overwritten: whoever may read the domain fetches
-- them, whoever opened a content adds to it, and anybody's request deletes what is due.
insert into storage.buckets (id, name, public, file_size_limit) values ('sealed', 'sealed', false, 4194304 + 16384)
on conflict (id) do nothing;

-- The content that a path names, if it is exactly the path of one of its parts.
create function app.content_at(path text) returns public.contents
	language plpgsql stable security definer set search_path = '' as $$
declare
	found public.contents;
begin
	if path !~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/(health|finances|administration|chat)/sealed/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/[0-9]{4}$' then
		return null;
	end if;
	select * into found from public.contents c where c.id = split_part(path, '/', 4)::uuid;
	return case when app.part_name(found, right(path, 4)::integer) = path then found end;
end
$$;

create function app.may_add_part(path text) returns boolean
	language plpgsql stable security definer set search_path = '' as $$
declare
	at public.contents := app.content_at(path);
begin
	return coalesce(at.state = 'open' and at.author = auth.uid()
		and app.has_permission('files.upload', at.entity_id, at.domain), false);
end
$$;

create function app.may_read_part(path text) returns boolean
	language plpgsql stable security definer set search_path = '' as $$
declare
	at public.contents := app.content_at(path);
begin
	return coalesce(app.has_permission('files.view', at.entity_id, at.domain), false);
end
$$;

-- Parts of what is due, and what lies there for a day without anything that it could belong to.
create function app.is_due(path text, since timestamptz) returns boolean
	language plpgsql stable security definer set search_path = '' as $$
declare
	at public.contents := app.content_at(path);
begin
	return case when at.id is null then since < now() - interval '1 day' else at.state = 'due' end;
end
$$;
comment on function app.is_due(text, timestamptz) is 'Whether a stored object may be deleted by whoever comes by.';

create policy "Only sessions that stand reach stored objects" on storage.objects
	as restrictive using ((select app.session_ok()));

create policy "Whoever opened a content adds its parts" on storage.objects for insert to authenticated
	with check (
		bucket_id = 'sealed' and (select storage.allow_any_operation(array['object.upload'])) and app.may_add_part(name)
	);
create policy "Members fetch parts of their domains and nothing else" on storage.objects for select to authenticated
	using (
		bucket_id = 'sealed' and (select storage.allow_any_operation(array[
			'object.get_authenticated', 'object.get_authenticated_info', 'object.head_authenticated_info'
		])) and app.may_read_part(name)
	);
create policy "Whoever comes by finds the parts that are due to delete them" on storage.objects for select to authenticated
	using (
		bucket_id = 'sealed' and (select storage.allow_any_operation(array['object.delete_many', 'object.delete']))
		and app.is_due(name, created_at)
	);
create policy "Whoever comes by deletes parts that are due" on storage.objects for delete to authenticated
	using (bucket_id = 'sealed' and app.is_due(name, created_at));

-- The names of objects that are due, for the server to delete through the storage interface: deleting rows would leave the
-- bytes. A name says no more than a path of random ids.
create function public.list_due_parts(most integer default 100) returns json
	language plpgsql security definer set search_path = '' as $$
declare
	me uuid := app.require();
begin
	perform app.sweep();
	return (
		select coalesce(json_agg(d.name), '[]') from (
			select app.part_name(c, p.part) as name
			from (select * from public.contents x where x.state = 'due' limit 50) c cross join lateral app.stored_parts(c) p
			limit least(greatest(coalesce(most, 100), 1), 500)
		) d
	);
end
$$;
comment on function public.list_due_parts(integer) is 'Names of sealed objects that are due, 500 at most. Raises PT401.';

revoke execute on function app.content_at(text), app.may_add_part(text), app.may_read_part(text),
	app.is_due(text, timestamptz), public.list_due_parts(integer) from public, anon, authenticated;
-- Policies call these as the person who asks.
grant execute on function app.may_add_part(text), app.may_read_part(text), app.is_due(text, timestamptz),
	public.list_due_parts(integer) to authenticated;
