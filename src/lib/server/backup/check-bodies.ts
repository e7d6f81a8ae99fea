import type { Ask } from '../backend/database.ts';
import { hasCode } from '../has-code.ts';
import type { SystemLayer } from '../system-layer/index.ts';

/** Bodies that are looked at at a time. */
const ROWS = 100;
/** How many of those that do not open are named. */
const NAMED = 10;

/** How many of some sealed things open in their places, and the first that do not. */
export interface Opened {
	all: number;
	open: number;
	damaged: string[];
}

/** Notes one more. */
export function count(opened: Opened, isOpen: boolean, name: string): void {
	opened.all += 1;
	if (isOpen) opened.open += 1;
	else if (opened.damaged.length < NAMED) opened.damaged.push(name);
}

/** Whether something opens; without system keys nothing does. */
export function opens(layer: SystemLayer | undefined, open: (layer: SystemLayer) => unknown): boolean {
	if (!layer) return false;
	try {
		open(layer);
		return true;
	} catch (error) {
		if (hasCode(error, 'crypto/cannot-open') || hasCode(error, 'crypto/input')) return false;
		throw error;
	}
}

/**
 * Opens the system layer of every body of the database in its place: of entities, records, earlier revisions, bundles and
 * secrets of two-step verification. What the browser sealed below it stays sealed.
 */
export async function checkBodies(ask: Ask, layer: SystemLayer | undefined): Promise<Opened> {
	const opened: Opened = { all: 0, open: 0, damaged: [] };
	await ask(
		`declare bodies no scroll cursor for
		select 'entities' as table, id::text as entity, '' as domain, id::text, rev::text, null as generation, body
			from public.entities
		union all select 'records', entity_id::text, domain, id::text, rev::text, generation::text, body
			from public.records where body is not null
		union all select 'record_history', entity_id::text, domain, id::text, rev::text, generation::text, body
			from public.record_history
		union all select 'bundles', '', '', user_id::text, version::text, '0', body from public.bundles
		union all select 'totp_secrets', '', '', user_id::text, version::text, null, body from app_private.totp_secrets`
	);
	for (;;) {
		const rows = (await ask(`fetch ${ROWS} from bodies`)) as unknown as Body[];
		if (rows.length === 0) break;
		for (const row of rows)
			count(
				opened,
				opens(layer, (by) => openBody(by, row)),
				`${row.table} ${row.entity} ${row.id} revision ${row.rev}`
			);
	}
	await ask('close bodies');
	return opened;
}

interface Body {
	table: string;
	entity: string;
	domain: string;
	id: string;
	rev: string;
	generation: string | null;
	body: string;
}

function openBody(layer: SystemLayer, { table, entity, domain, id, rev, generation, body }: Body): unknown {
	const place = { entity, domain, id, revision: BigInt(rev) };
	if (table === 'entities') return layer.openEntity(entity, place.revision, body);
	if (table === 'totp_secrets') return layer.openTwoFactor(id, Number(rev), body);
	if (table === 'bundles') return layer.openOverBundle(id, Number(rev), body);
	if (generation === null) return layer.openRecord(place, body);
	return layer.openOverRecord(place, Number(generation), body);
}

/** How many chains of audit events there are, and those that are not whole, each with its first wrong number. */
export async function checkChains(ask: Ask): Promise<{ all: number; broken: string[] }> {
	const rows = await ask(
		`select c.scope, c.subject::text, app_private.broken_audit_event(c.scope, c.subject)::text as number
		from (select scope, subject from app_private.audit_heads union select scope, subject from public.audit_events) c`
	);
	const broken = rows.filter(({ number }) => number !== null);
	return {
		all: rows.length,
		broken: broken.map(({ scope, subject, number }) => `${String(scope)} ${String(subject)} at event ${String(number)}`)
	};
}
