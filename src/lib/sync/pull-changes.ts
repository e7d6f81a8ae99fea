import type { Domain } from '../api/ids.ts';
import { MOST_ROWS } from '../api/record.ts';
import type { PullAnswer } from '../api/record.ts';
import type { PullPlace, Report, StoredRecord, StoreUpdate, WaitingChange } from '../device/record-store.ts';
import type { ApiClient } from './api-client.ts';
import { ApiError } from './api-error.ts';
import type { EntityCopy } from './entity-copy.ts';
import { judgeRecord, keptRow } from './judge-record.ts';
import type { Judge, Verdict } from './judge-record.ts';
import { mergeOnto } from './outbox-rules.ts';
import { advances, isPartial, pickDomains } from './pull-place.ts';
import type { After } from './pull-place.ts';
import { pullRestored } from './pull-restored.ts';
import { newReports } from './report.ts';

export interface PullOptions {
	domains: readonly Domain[];
	/** From the very beginning, whatever this device has. */
	full?: boolean;
	judge?: Judge;
	signal?: AbortSignal;
}

/**
 * Pulls what is new, page by page; each page is judged and committed with its cursor. A pull that began at the beginning
 * is compared with what this device knew: what is missing is reported and kept. Where the entity has another epoch the
 * server was restored, and the pull becomes that of a restore. Throws ApiError, DeviceError, the signal's reason.
 */
export async function pullChanges(copy: EntityCopy, client: ApiClient, options: PullOptions): Promise<void> {
	const { domains, full, signal } = options;
	if (domains.length === 0) return;
	const ask = (after: After) =>
		client.call('pullRecords', { body: { entity: copy.entity, after, limit: MOST_ROWS }, signal });
	let after: After = {};
	for (const domain of domains) after[domain] = (full ? undefined : copy.place?.after[domain]) ?? '0';
	const fromStart = domains.every((domain) => after[domain] === '0');
	const pass: PullPass = { ...options, seen: fromStart ? new Set() : null, starting: isPartial(copy.place, domains) };
	let coming: Promise<PullAnswer> | null = ask(after);
	while (coming) {
		const page: PullAnswer = await coming;
		signal?.throwIfAborted();
		if (copy.place && copy.place.epoch !== page.epoch) return pullRestored(copy, client, domains, signal);
		if (page.more && !advances(after, page.after)) throw new ApiError('sync/bad-answer', 200, 'after');
		after = { ...after, ...pickDomains(page.after, domains) };
		// The next page travels while this one is written.
		coming = page.more ? ask(after) : null;
		coming?.catch(() => undefined);
		await copy.change(() => planPage(copy, page, after, pass));
	}
}

interface PullPass extends PullOptions {
	/** What was given so far, where the pull began at the beginning. */
	seen: Set<string> | null;
	/** Some domain was never pulled to its end. */
	starting: boolean;
}

function planPage(
	copy: EntityCopy,
	page: PullAnswer,
	after: After,
	{ judge = judgeRecord, domains, full, seen, starting }: PullPass
): Omit<StoreUpdate, 'entity'> {
	const records: StoredRecord[] = [];
	const drop: string[] = [];
	const put: WaitingChange[] = [];
	const reports: Report[] = [];
	for (const row of page.records) {
		if (!domains.includes(row.domain)) continue;
		seen?.add(row.id);
		const known = copy.rows.get(row.id);
		const verdict = judge(known, row);
		// Where the pages were given up for room what is shown is ahead of the disk: then all that comes is written again.
		const kept = keptRow(known, row, verdict) ?? (starting ? known : null);
		if (kept) records.push(kept);
		if (isAlarm(verdict, known)) reports.push(...newReports(copy, verdict, row.id, row.rev));
		const chain = copy.chainOf(row.id);
		const [head] = chain;
		// What was never sent can move on top of the newer row right away; what was sent waits for its answer.
		if (verdict !== 'newer' || !head || head.tried || head.state !== 'waiting' || head.base === row.rev) continue;
		const merged = mergeOnto(chain, row, copy.ports.account);
		drop.push(...(merged.drop ?? []));
		put.push(...(merged.put ?? []));
		if (merged.editInBin) reports.push(...newReports(copy, 'edit-in-bin', row.id));
	}
	if (!page.more && seen) {
		const gone = missing(copy, seen, domains);
		reports.push(...gone.flatMap(({ id, rev }) => newReports(copy, 'missing', id, rev)));
		if (starting) records.push(...gone);
	}
	const { epoch, restoredFrom } = page;
	// A pull of some domains leaves the others where they are.
	const places = { ...copy.place?.after, ...after };
	const place: PullPlace = { epoch, after: places, restoredFrom, ...(starting && page.more ? { partial: true } : {}) };
	// A full pull goes through what is known: its cursors count once it is through.
	return { records, drop, put, reports, ...(full && page.more ? {} : { place, goesOn: copy.place !== null }) };
}

type Alarm = Extract<Verdict, Report['what']>;

/** What the person is told of; a record that was never seen whole is shown as what it is by itself. */
function isAlarm(verdict: Verdict, known: StoredRecord | undefined): verdict is Alarm {
	return known !== undefined && verdict !== 'newer' && verdict !== 'same' && verdict !== 'no-key' && verdict !== 'new';
}

/** What the server once gave and does not give any more. */
function missing(copy: EntityCopy, seen: ReadonlySet<string>, domains: readonly Domain[]): StoredRecord[] {
	return [...copy.rows.values()].filter((row) => domains.includes(row.domain) && !seen.has(row.id));
}
