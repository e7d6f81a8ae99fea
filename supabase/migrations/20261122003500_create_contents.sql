-- Contents of files: sealed parts in private storage, each content an attempt at one file. A content is opened, gets its
-- parts, is complete, and is in use from the change of the file's record that names it on. Whatever it never came to, or
-- what another took the place of, is due a day later.
create table public.contents (
	id uuid primary key default gen_random_uuid(),
	entity_id uuid not null,
	domain text not null check (domain in ('health', 'finances', 'administration', 'chat')),
	file uuid not null,
	author uuid not null,
	state text not null default 'open' check (state in ('open', 'complete', 'used', 'released', 'due')),
	generation integer check (generation >= 1),
	renews boolean not null default false,
	parts integer check (parts between 1 and 10000),
	bytes bigint not null default 0 check (bytes >= 0),
	created_at timestamptz not null default now(),
	moved_at timestamptz not null default now()
);
create index contents_of_files on public.contents (entity_id, file);
-- Two devices that seal the same file anew would each save its record.
create unique index contents_renewed_once on public.contents (entity_id, file) where renews and state in ('open', 'complete');
create index contents_that_may_be_due on public.contents (moved_at) where state <> 'used';
create index contents_that_are_due on public.contents (id) where state = 'due';

comment on table public.contents is 'Attempts at the content of a file. Changed by functions only.';
comment on column public.contents.id is 'internal: drawn here, never used again; part of every path and of what is authenticated';
comment on column public.contents.entity_id is 'internal: whose it is';
comment on column public.contents.domain is 'internal: health, finances, administration or chat';
comment on column public.contents.file is 'internal: the record of the file';
comment on column public.contents.author is 'internal: who uploads it';
comment on column public.contents.state is
	'internal: open (gets parts), complete, used (the record names it), released (no longer), due (its objects may be deleted)';
comment on column public.contents.generation is 'internal: generation of the domain key when it was opened, null without a user layer';
comment on column public.contents.renews is 'internal: whether it is to take the place of one under an older key of the domain';
comment on column public.contents.parts is 'internal: how many objects hold it, null while it is open';
comment on column public.contents.bytes is 'internal: bytes of its objects; while it is open as many as it may have';
comment on column public.contents.created_at is 'internal: when it was opened';
comment on column public.contents.moved_at is 'internal: when it got its last part or its state';

alter table public.contents enable row level security;
create policy "Only sessions that stand see contents" on public.contents
	as restrictive using ((select app.session_ok()));
create policy "Members see the contents of their domains" on public.contents for select to authenticated using (
	(domain = 'health' and entity_id = any (array(select app.member_entities('health', false)))) or
	(domain = 'finances' and entity_id = any (array(select app.member_entities('finances', false)))) or
	(domain = 'administration' and entity_id = any (array(select app.member_entities('administration', false)))) or
	(domain = 'chat' and entity_id = any (array(select app.member_entities('chat', false))))
);
create trigger refuse_truncate before truncate on public.contents execute function app.refuse_truncate();
revoke all on public.contents from anon, authenticated;
grant select on public.contents to authenticated;

insert into app_private.limits (name, value) values
	('file_bytes_per_entity', 68719476736),
	('open_contents_per_person', 200);

-- Where the parts of a content are: entity/domain/sealed/content/0000.
create function app.part_name(content public.contents, part integer) returns text
	language sql immutable
	return content.entity_id || '/' || content.domain || '/sealed/' || content.id || '/' || lpad(part::text, 4, '0');

-- The parts that storage holds of a content, and their bytes where it says how many. To the owner of the migrations the
-- rows of storage are not hidden.
create function app.stored_parts(content public.contents) returns table (part integer, bytes bigint)
	language plpgsql stable security definer set search_path = '' as $$
begin
	return query select right(o.name, 4)::integer, (o.metadata ->> 'size')::bigint
		from storage.objects o
		where o.bucket_id = 'sealed' and o.name like left(app.part_name(content, 0), -4) || '____' and o.name ~ '/[0-9]{4}$'
		order by 1;
end
$$;

-- The bytes that a part of that many bytes of content has in storage: an envelope of the system layer (34 bytes more),
-- under it a header and a tag for each chunk of 256 KiB where the domain has a user layer.
create function app.stored_size(content bigint, has_user_layer boolean) returns bigint
	language sql immutable
	return content + 34 + case when has_user_layer then 9 + 16 * greatest(1, ceil(content / 262144.0)::bigint) else 0 end;

revoke execute on function app.part_name(public.contents, integer), app.stored_parts(public.contents),
	app.stored_size(bigint, boolean) from public, anon, authenticated;
