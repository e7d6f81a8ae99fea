-- What the sweep does with keys: earlier keys, earlier bundles and resets that nobody finished are removed, once due.
create function app.remove_due_keys() returns void
	language plpgsql set search_path = '' as $$
begin
	delete from public.user_keys k where (k.user_id, k.version) in (
		select o.user_id, o.version from public.user_keys o where o.kept_until < now() limit 500 for update skip locked
	);
	delete from public.bundles b where (b.user_id, b.version) in (
		select o.user_id, o.version from public.bundles o where o.kept_until < now() and not app.is_base_bundle(o)
		limit 500 for update skip locked
	);
	delete from public.key_resets r where r.due_at <= now() - interval '7 days';
end
$$;
comment on function app.remove_due_keys() is 'Removes earlier keys and bundles, and resets that nobody finished, once due.';
revoke execute on function app.remove_due_keys() from public, anon, authenticated;
