-- The audit trail: written by the acting functions, chained, unchangeable.
begin;
\ir cast.psql
select no_plan();

create function play.trail(scope text, subject text) returns text language sql as $$
	select string_agg(action, ' ' order by number) from public.audit_events e
	where e.scope = trail.scope and e.subject = play.id(trail.subject)
$$;
create function play.edit(rev text) returns text language sql as $$
	select format('select public.update_entity(%L, %L, %L)', play.id('house'), rev, play.body('e'))
$$;
select play.act('adam', play.edit('2')) is not null;
select play.act('vera', format('select public.leave_entity(%L)', play.id('house'))) is not null;

select is(play.trail('entity', 'house'), 'entity.create entity.edit members.leave', 'what was done to the house is in its trail');
select is(play.trail('account', 'vera'), 'members.leave', 'what Vera did is in hers');
select is(row(e.actor, e.session_id), row(play.id('adam'), play.id('session of adam')), 'with who did it, in which session')
from public.audit_events e where e.scope = 'entity' and e.subject = play.id('house') and e.number = 2;
select is(play.attempt('adam', play.edit('2')), 'PT409', 'what fails');
select is(play.trail('entity', 'house'), 'entity.create entity.edit members.leave', 'is not in the trail');

-- The chain.
select is(e.previous, b.hash, 'an event holds the hash of the one before it')
from public.audit_events e join public.audit_events b on b.scope = e.scope and b.subject = e.subject and b.number = e.number - 1
where e.scope = 'entity' and e.subject = play.id('house');
select is(h.hash, e.hash, 'the head shows the last one')
from app_private.audit_heads h join public.audit_events e on e.scope = h.scope and e.subject = h.subject and e.number = h.number
where h.scope = 'entity' and h.subject = play.id('house');
select is(app_private.broken_audit_event('entity', play.id('house')), null, 'the chain is whole');
select is(app_private.broken_audit_event('account', play.id('vera')), null, 'every chain is');
insert into public.audit_events (scope, subject, number, at, actor, action, previous, hash)
	values ('entity', play.id('house'), 77, '2001-01-01', play.id('vera'), 'entity.edit', 'x', 'y');
select is(row(e.number, e.actor, e.at > now() - interval '1 hour'), row(4::bigint, null::uuid, true), 'number, time, actor and hash are set, whatever is sent')
from public.audit_events e where e.scope = 'entity' and e.subject = play.id('house') order by number desc limit 1;
select is(app_private.broken_audit_event('entity', play.id('house')), null, 'and the chain stays whole');

-- Nobody changes it, its owner neither.
select throws_ok('update public.audit_events set actor = null', '55000', null, 'an event is not changed');
select throws_ok('delete from public.audit_events', '55000', null, 'nor deleted');
select throws_ok('truncate public.audit_events', '55000', null, 'nor all of them');

-- Who gets round that is found.
create function play.tampered(statement text) returns bigint language plpgsql as $$
declare
	found bigint;
begin
	alter table public.audit_events disable trigger user;
	execute replace(statement, '$house', quote_literal(play.id('house')));
	found := app_private.broken_audit_event('entity', play.id('house'));
	raise exception using errcode = 'U0002', message = coalesce(found::text, '');
exception when sqlstate 'U0002' then
	return nullif(sqlerrm, '')::bigint;
end
$$;
select is(play.tampered(c.statement), c.number::bigint, c.title)
from (values
	('select', null, 'nothing is found where nothing is changed'),
	('update public.audit_events set actor = gen_random_uuid() where subject = $house and number = 2', 2, 'a changed actor is found'),
	('update public.audit_events set at = at - interval ''1 second'' where subject = $house and number = 3', 3, 'a changed time is found'),
	('update public.audit_events set action = ''entity.delete'' where subject = $house and number = 1', 1, 'a changed action is found'),
	('delete from public.audit_events where subject = $house and number = 2', 2, 'a missing event is found'),
	('delete from public.audit_events where subject = $house and number = 4', 4, 'a missing last event is found'),
	('delete from public.audit_events where subject = $house', 1, 'an emptied trail is found'),
	('update public.audit_events set number = number + 10 where subject = $house and number >= 3', 3, 'a gap is found')
) c (statement, number, title);

-- Retention keeps the last event, and what is left can still be checked.
select is(app_private.cut_audit_events(now() - interval '1 day'), 0::bigint, 'nothing old, nothing cut');
select is(app_private.cut_audit_events(clock_timestamp() + interval '1 second') > 0, true, 'the operator cuts what is old');
select is((select array_agg(number) from public.audit_events where scope = 'entity' and subject = play.id('house')), array[4]::bigint[], 'the last event stays');
select is(app_private.broken_audit_event('entity', play.id('house')), null, 'the rest of the chain is whole');
select is(play.tampered('update public.audit_events set action = ''entity.edit'', actor = gen_random_uuid() where subject = $house'), 4::bigint,
	'and a change in it is found');

-- Reading.
create function play.list(actor text) returns jsonb language sql as $$
	select play.act(actor, format('select public.list_audit(%L, ''0'')', play.id('house')))::jsonb
$$;
insert into public.audit_events (scope, subject, action, domain) values ('entity', play.id('house'), 'files.open', 'health'),
	('entity', play.id('house'), 'files.open', 'chat');
update public.memberships set domains = '{chat}' where user_id = play.id('adam');
select is((select string_agg(e ->> 'number', ' ') from jsonb_array_elements(play.list('olga') -> 'events') as e), '4 5 6', 'an owner sees all');
select is((select string_agg(e ->> 'number', ' ') from jsonb_array_elements(play.list('adam') -> 'events') as e), '4 6', 'others what is of their domains');
select is(play.act('adam', format('select string_agg(number::text, '' '' order by number) from public.audit_events where subject = %L', play.id('house'))), '4 6',
	'also in the table');
select is(play.list('adam') -> 'head' ->> 'number', '6', 'the head comes with it, to be remembered');

-- What a person takes out as a file is made on their device; that they did is put down for them and for the entity.
create function play.exports(scope text, subject uuid) returns text language sql as $$
	select string_agg(coalesce(e.domain, ''), ' ' order by number) from public.audit_events e
	where e.scope = exports.scope and e.subject = exports.subject and e.action = 'data.export'
$$;
update public.memberships set domains = '{health}' where user_id = play.id('anna');
select play.act('anna', format('select public.note_export(%L, ''health'')', play.id('house')));
select is(play.attempt('anna', format('select public.note_export(%L, ''finances'')', play.id('house'))), 'PT403', 'not of a domain that is not hers');
select is(play.exports('entity', play.id('house')), 'health', 'the entity knows of it');
select is(play.exports('account', play.id('anna')), 'health', 'and so does she');

select * from finish();
rollback;
