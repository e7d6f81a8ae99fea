-- How contents of files are opened, filled, completed, read, given up, and found when their key is no longer the one of now.
create function public.open_content(entity uuid, domain text, file uuid, renews boolean default false) returns json
	language plpgsql security definer set search_path = '' as $$
declare
	me uuid := app.require('files.upload', entity, domain);
	made public.contents;
begin
	if file is null then
		raise sqlstate 'PT400' using message = 'file is missing.';
	end if;
	-- The lock on the entity's usage puts those who fill it in a row.
	perform from app_private.usage u where u.entity_id = open_content.entity for update;
	if (select count(*) from public.contents c where c.author = me and c.state = 'open')
		>= app.limit_of('open_contents_per_person') then
		raise sqlstate 'PT413' using message = 'Too many uploads are open.';
	end if;
	insert into public.contents (entity_id, domain, file, author, generation, renews)
		select open_content.entity, open_content.domain, open_content.file, me, h.generation, coalesce(open_content.renews, false)
		from public.heads h where h.entity_id = open_content.entity and h.domain = open_content.domain
		returning * into made;
	return json_build_object('id', made.id);
end
$$;
comment on function public.open_content(uuid, text, uuid, boolean) is
	'Opens a content for a file of a domain; one that renews is alone (23505). Raises PT400, PT401, PT403, PT413.';

create function public.list_stale_contents(entity uuid, domain text, most integer default 200) returns json
	language plpgsql security definer set search_path = '' as $$
declare
	me uuid := app.require('keys.rotate', entity, domain);
begin
	return (
		select coalesce(json_agg(json_build_object('id', s.id, 'file', s.file)), '[]') from (
			select c.id, c.file from public.contents c
			join public.heads h on h.entity_id = c.entity_id and h.domain = c.domain
			where c.entity_id = list_stale_contents.entity and c.domain = list_stale_contents.domain
				and c.state = 'used' and coalesce(c.generation, 0) < h.generation
			order by c.created_at limit least(greatest(coalesce(most, 200), 1), 200)
		) s
	);
end
$$;
comment on function public.list_stale_contents(uuid, text, integer) is
	'Contents in use that were sealed before the domain''s key of now, 200 at most. Raises PT401, PT403.';

-- The content, if the caller may do that with it; one that is not there and one of others are the same.
create function app.require_content(permission text, content uuid) returns public.contents
	language plpgsql stable security definer set search_path = '' as $$
declare
	found public.contents;
begin
	select * into found from public.contents c where c.id = content;
	if found.id is null or not app.has_permission(permission, found.entity_id, found.domain) then
		raise sqlstate 'PT404' using message = 'There is no such content.';
	end if;
	return found;
end
$$;

create function app.content_json(c public.contents) returns json
	language sql stable
	return json_build_object('id', c.id, 'entity', c.entity_id, 'domain', c.domain, 'file', c.file, 'state', c.state,
		'generation', c.generation, 'parts', c.parts);

create function public.begin_part(content uuid, part integer) returns json
	language plpgsql security definer set search_path = '' as $$
declare
	me uuid := app.require();
	kept public.contents := app.require_content('files.upload', content);
	most bigint := app.limit_of('file_bytes_per_entity');
	-- What a part takes at most.
	room constant bigint := 4194304 + 16384;
begin
	if part is null or part not between 0 and 9999 then
		raise sqlstate 'PT400' using message = 'A part is a number from 0 to 9999.';
	end if;
	if kept.author <> me or kept.state <> 'open' then
		raise sqlstate 'PT409' using message = 'This content takes no parts.';
	end if;
	perform from app_private.usage u where u.entity_id = kept.entity_id for update;
	update public.contents c set moved_at = now(), bytes = greatest(c.bytes, (begin_part.part + 1) * room)
		where c.id = kept.id and c.state = 'open';
	if not found then
		raise sqlstate 'PT409' using message = 'This content takes no parts.';
	end if;
	if (select sum(c.bytes) from public.contents c where c.entity_id = kept.entity_id) > most then
		raise sqlstate 'PT413' using message = 'This entity has no room for more files.';
	end if;
	return app.content_json(kept);
end
$$;
comment on function public.begin_part(uuid, integer) is
	'Where a part that the caller is about to upload belongs. Raises PT400, PT401, PT404, PT409, PT413.';

create function public.read_content(content uuid, part integer default null) returns json
	language plpgsql security definer set search_path = '' as $$
declare
	me uuid := app.require();
	kept public.contents := app.require_content('files.view', content);
begin
	-- Told once for each time it is read: who wants the rest begins with the first part.
	if part = 0 then
		perform app.note_audit('entity', kept.entity_id, 'file.open', kept.file, kept.domain);
	end if;
	if part is not null then
		return app.content_json(kept);
	end if;
	return json_build_object('state', kept.state, 'parts', coalesce((
		select json_agg(p.part order by p.part) from app.stored_parts(kept) p
	), '[]'));
end
$$;
comment on function public.read_content(uuid, integer) is
	'Where a part belongs that the caller is about to read; without a part, which parts there are. Raises PT401, PT404.';

create function public.complete_content(content uuid, parts integer, bytes bigint) returns void
	language plpgsql security definer set search_path = '' as $$
declare
	me uuid := app.require();
	kept public.contents := app.require_content('files.upload', content);
	part_size constant bigint := 4194304;
	stored bigint;
begin
	if kept.author <> me then
		raise sqlstate 'PT404' using message = 'There is no such content.';
	end if;
	if kept.state <> 'open' then
		if kept.parts = complete_content.parts and kept.state in ('complete', 'used') then
			return;
		end if;
		raise sqlstate 'PT409' using message = 'This content is not open.';
	end if;
	if parts is null or bytes is null or bytes < 0 or parts not between 1 and 10000
		or parts <> greatest(1, ceil(bytes / part_size::numeric)) then
		raise sqlstate 'PT400' using message = 'So many bytes are not so many parts.';
	end if;
	-- Exactly these parts, each as long as it must be.
	if (select count(*) from app.stored_parts(kept)) <> parts or exists (
		select from generate_series(0, parts - 1) as n (part)
		left join app.stored_parts(kept) p on p.part = n.part
		where p.part is null or p.bytes <> app.stored_size(
			least(part_size, complete_content.bytes - n.part * part_size), kept.generation is not null)
	) then
		raise sqlstate 'PT409' using message = 'Parts are missing, or are not as long as they must be.';
	end if;
	select coalesce(sum(p.bytes), 0) into stored from app.stored_parts(kept) p;
	update public.contents c set state = 'complete', parts = complete_content.parts, bytes = stored, moved_at = now()
		where c.id = kept.id and c.state = 'open';
	perform app.note_audit('entity', kept.entity_id, 'file.upload', kept.file, kept.domain);
end
$$;
comment on function public.complete_content(uuid, integer, bigint) is
	'Says that all parts are there; no more are taken. Said again it is well. Raises PT400, PT401, PT404, PT409.';

create function public.release_content(content uuid) returns void
	language plpgsql security definer set search_path = '' as $$
declare
	me uuid := app.require();
	kept public.contents := app.require_content('files.upload', content);
begin
	-- What a record names stays, whoever asks; an upload is given up by who began it.
	update public.contents c set state = 'due', moved_at = now()
		where c.id = kept.id and c.author = me and c.state in ('open', 'complete');
end
$$;
comment on function public.release_content(uuid) is
	'Gives up an upload of the caller that no record names. Raises PT401, PT404.';

revoke execute on function app.require_content(text, uuid), app.content_json(public.contents),
	public.open_content(uuid, text, uuid, boolean), public.list_stale_contents(uuid, text, integer),
	public.begin_part(uuid, integer), public.read_content(uuid, integer),
	public.complete_content(uuid, integer, bigint), public.release_content(uuid) from public, anon, authenticated;
grant execute on function public.open_content(uuid, text, uuid, boolean), public.list_stale_contents(uuid, text, integer),
	public.begin_part(uuid, integer),
	public.read_content(uuid, integer), public.complete_content(uuid, integer, bigint), public.release_content(uuid)
	to authenticated;
