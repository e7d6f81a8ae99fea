-- Other files: avatars, audio notes and attachments that no sealed record refers to, at entity/other/kind/id. They have no
-- layer of ours. Members reach them by a signed URL and in no other way; an object stays as it was stored; what is due goes
-- with anybody's request, and besides that whoever may delete files deletes notes and attachments.
insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types) values ('plain', 'plain', false, 4194304, array[
	'image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/avif', 'application/pdf', 'audio/mpeg', 'audio/mp4',
	'audio/ogg', 'audio/wav', 'application/octet-stream'
])
on conflict (id) do nothing;

insert into app_private.limits (name, value) values ('plain_objects_per_entity', 2000);

create function app.is_plain_name(path text) returns boolean
	language sql immutable
	return path ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/other/(avatar|audio|attachment)/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$';

create function app.is_avatar_there(entity uuid, avatar text) returns boolean
	language plpgsql stable security definer set search_path = '' as $$
begin
	return exists (
		select from storage.objects o
		where o.bucket_id = 'plain' and o.name = is_avatar_there.entity || '/other/avatar/' || is_avatar_there.avatar
	) and app.is_plain_name(entity || '/other/avatar/' || avatar);
end
$$;

create function app.may_at(permission text, path text) returns boolean
	language plpgsql stable security definer set search_path = '' as $$
begin
	return app.is_plain_name(path) and app.has_permission(permission, split_part(path, '/', 1)::uuid);
end
$$;

-- A picture of the entity is added by whoever may edit the entity.
create function app.may_add_plain(path text) returns boolean
	language plpgsql stable security definer set search_path = '' as $$
begin
	return app.may_at(case split_part(path, '/', 3) when 'avatar' then 'entity.edit' else 'files.upload' end, path) and (
		select count(*) from storage.objects o
		where o.bucket_id = 'plain' and o.name like split_part(path, '/', 1) || '/other/%'
	) < app.limit_of('plain_objects_per_entity');
end
$$;

-- What no entity has any more, a picture that another one took the place of, and one that was stored and never shown: an
-- edit of the entity in between makes whoever stored it begin anew.
create function app.is_plain_due(path text, since timestamptz) returns boolean
	language plpgsql stable security definer set search_path = '' as $$
declare
	whose public.entities;
begin
	if not app.is_plain_name(path) then
		return since < now() - interval '1 day';
	end if;
	select * into whose from public.entities e where e.id = split_part(path, '/', 1)::uuid;
	return whose.id is null or (
		split_part(path, '/', 3) = 'avatar' and split_part(path, '/', 4) is distinct from whose.avatar::text
		and since < greatest(whose.updated_at, now() - interval '1 day')
	);
end
$$;
comment on function app.is_plain_due(text, timestamptz) is 'Whether another file may be deleted by whoever comes by.';

create function app.may_delete_plain(path text, since timestamptz) returns boolean
	language plpgsql stable security definer set search_path = '' as $$
begin
	return app.is_plain_due(path, since)
		or (split_part(path, '/', 3) <> 'avatar' and app.may_at('files.delete', path));
end
$$;

create policy "Whoever may keep such a file there adds it" on storage.objects for insert to authenticated
	with check (
		bucket_id = 'plain' and (select storage.allow_any_operation(array['object.upload'])) and app.may_add_plain(name)
	);
create policy "Members sign the other files of their entities and nothing else" on storage.objects for select to authenticated
	using (
		bucket_id = 'plain' and (select storage.allow_any_operation(array['object.sign'])) and app.may_at('files.view', name)
	);
create policy "Whoever may delete another file finds it to delete it" on storage.objects for select to authenticated
	using (
		bucket_id = 'plain' and (select storage.allow_any_operation(array['object.delete_many', 'object.delete']))
		and app.may_delete_plain(name, created_at)
	);
create policy "Other files are deleted once due, or by whoever may" on storage.objects for delete to authenticated
	using (bucket_id = 'plain' and app.may_delete_plain(name, created_at));

-- The names of other files that are due, as those of parts are listed.
create function public.list_due_plain(most integer default 100) returns json
	language plpgsql security definer set search_path = '' as $$
declare
	me uuid := app.require();
begin
	return (
		select coalesce(json_agg(d.name), '[]') from (
			select o.name from storage.objects o left join public.entities e on e.id::text = split_part(o.name, '/', 1)
			-- Told before the rule is asked, row by row: most files are neither.
			where o.bucket_id = 'plain' and (e.id is null or split_part(o.name, '/', 3) not in ('audio', 'attachment'))
				and split_part(o.name, '/', 4) is distinct from e.avatar::text and app.is_plain_due(o.name, o.created_at)
			limit least(greatest(coalesce(most, 100), 1), 500)
		) d
	);
end
$$;
comment on function public.list_due_plain(integer) is 'Names of other files that are due, 500 at most. Raises PT401.';

revoke execute on function app.is_plain_name(text), app.is_avatar_there(uuid, text), app.may_at(text, text),
	app.may_add_plain(text), app.is_plain_due(text, timestamptz), app.may_delete_plain(text, timestamptz),
	public.list_due_plain(integer) from public, anon, authenticated;
-- Policies call these as the person who asks.
grant execute on function app.may_at(text, text), app.may_add_plain(text), app.may_delete_plain(text, timestamptz),
	public.list_due_plain(integer) to authenticated;
