-- What is exported is made on the person's device, of what they may open there: the server sees nothing of it but that it
-- was made, which the app tells by this.
create function public.note_export(entity uuid, domain text) returns void
	language plpgsql security definer set search_path = '' as $$
declare
	me uuid := app.require('reports.export', entity, domain);
begin
	perform app.note_audit('entity', entity, 'data.export', me, domain);
	perform app.note_audit('account', me, 'data.export', entity, domain);
end
$$;
comment on function public.note_export(uuid, text) is
	'Puts down that the caller took the records of a domain out as a file. Raises PT401, PT403.';

revoke execute on function public.note_export(uuid, text) from public, anon, authenticated;
grant execute on function public.note_export(uuid, text) to authenticated;
