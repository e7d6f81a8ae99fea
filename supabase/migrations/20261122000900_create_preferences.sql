-- Small settings of a person that are no secret: language, theme, what to show first.
create table public.preferences (
	user_id uuid primary key references auth.users (id) on delete cascade,
	body jsonb not null default '{}' check (jsonb_typeof(body) = 'object' and octet_length(body::text) <= 16384),
	updated_at timestamptz not null default now()
);
comment on table public.preferences is 'Settings of a person that are no secret.';
comment on column public.preferences.user_id is 'internal: whose they are';
comment on column public.preferences.body is 'internal: the settings, at most 16 KiB';
comment on column public.preferences.updated_at is 'internal: when they last changed';

create function app.stamp_preferences() returns trigger
	language plpgsql set search_path = '' as $$
begin
	new.updated_at := now();
	return new;
end
$$;
create trigger stamp before insert or update on public.preferences
	for each row execute function app.stamp_preferences();
revoke execute on function app.stamp_preferences() from public, anon, authenticated;
