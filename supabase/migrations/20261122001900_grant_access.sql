-- New tables of public are not open to the roles of the interface on every project; what they may do is said here.
revoke all on public.entities, public.memberships, public.heads, public.records, public.record_history,
	public.audit_events, public.preferences from anon, authenticated;
grant select on public.entities, public.memberships, public.heads, public.record_history, public.audit_events
	to authenticated;
grant select, insert, update on public.records to authenticated;
grant select, insert, update, delete on public.preferences to authenticated;

revoke execute on function public.draw_entity_id(), public.create_entity(uuid, text, text),
	public.update_entity(uuid, text, text, text, text), public.delete_entity(uuid), public.leave_entity(uuid),
	public.list_entities(), public.pull_records(uuid, jsonb, integer), public.push_records(uuid, json),
	public.read_history(uuid, uuid), public.list_audit(uuid, text) from public, anon, authenticated;
grant execute on function public.draw_entity_id(), public.create_entity(uuid, text, text),
	public.update_entity(uuid, text, text, text, text), public.delete_entity(uuid), public.leave_entity(uuid),
	public.list_entities(), public.pull_records(uuid, jsonb, integer), public.push_records(uuid, json),
	public.read_history(uuid, uuid), public.list_audit(uuid, text) to authenticated;
revoke execute on function app.entity_json(public.entities, public.memberships), app.record_json(public.records),
	app.judge_changes(uuid, uuid, text[], public.heads[], app_private.change[]),
	app.change_records(uuid, app_private.change[]),
	app.chain_changes(uuid, uuid, text[], public.heads[], app_private.change[]),
	app.answer_changes(uuid, app_private.change[], app_private.outcome[]) from public, anon, authenticated;
