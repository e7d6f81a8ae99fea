-- What a foreign key from records would do, without looking up the head once more for every row that is written: the
-- head's lock in the trigger is the proof that it exists, and here it cannot go while anything hangs on it.
create function app.keep_heads() returns trigger
	language plpgsql security definer set search_path = '' as $$
begin
	if tg_op = 'UPDATE' and new.entity_id = old.entity_id and new.domain = old.domain then
		return new;
	end if;
	if exists (select from public.records r where r.entity_id = old.entity_id and r.domain = old.domain)
		or exists (select from public.record_history h where h.entity_id = old.entity_id and h.domain = old.domain) then
		raise sqlstate '23503' using message = 'Records hang on this head.';
	end if;
	return case when tg_op = 'DELETE' then old else new end;
end
$$;
create trigger keep_heads before update or delete on public.heads
	for each row execute function app.keep_heads();

-- Emptying a table at once passes by every row trigger and policy. The embedded backend grants it to everybody.
create function app.refuse_truncate() returns trigger
	language plpgsql set search_path = '' as $$
begin
	raise sqlstate '55000' using message = 'This table cannot be emptied.';
end
$$;
create trigger refuse_truncate before truncate on public.entities execute function app.refuse_truncate();
create trigger refuse_truncate before truncate on public.memberships execute function app.refuse_truncate();
create trigger refuse_truncate before truncate on public.heads execute function app.refuse_truncate();
create trigger refuse_truncate before truncate on public.records execute function app.refuse_truncate();
create trigger refuse_truncate before truncate on public.record_history execute function app.refuse_truncate();
create trigger refuse_truncate before truncate on public.audit_events execute function app.refuse_truncate();
create trigger refuse_truncate before truncate on public.preferences execute function app.refuse_truncate();

revoke execute on function app.keep_heads(), app.refuse_truncate() from public, anon, authenticated;
