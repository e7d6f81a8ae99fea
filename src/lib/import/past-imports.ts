import type { KindRecord } from '../kinds/record-body.ts';

/** A record with its revision, a decimal string that starts at `1`. */
export interface RevisedRecord extends KindRecord {
	readonly rev: string;
}

/** One import as its records tell of it; those deleted since are not counted. */
export interface PastImport {
	/** The run's UUID. */
	id: string;
	/** Name of the file; `''` where it was not kept. */
	name: string;
	/** What the file was, such as `ofx`. */
	format: string;
	/** Record ids of the accounts it went into. */
	accounts: string[];
	/** When it was made, RFC 3339 UTC. */
	at: string;
	/** Records that are as the import wrote them: undoing it deletes these. */
	untouched: string[];
	/** Records that somebody edited since: undoing it keeps these. */
	edited: string[];
}

/**
 * Every import that has records left, newest first. Nothing else is kept of an import: its records, sealed as they
 * are, say it all, and one that was stopped half-way is listed with what it got done.
 * @param records expenses, incomes and transfers
 */
export function listPastImports(records: readonly RevisedRecord[]): PastImport[] {
	const imports = new Map<string, PastImport>();
	for (const { id, rev, body } of records) {
		const { source } = body.meta;
		if (source?.import === undefined || body.meta.deleted === true) continue;
		const { name = '', format } = source;
		const past = imports.get(source.import) ?? {
			id: source.import,
			name,
			format,
			accounts: [],
			at: '',
			untouched: [],
			edited: []
		};
		imports.set(past.id, past);
		(rev === '1' ? past.untouched : past.edited).push(id);
		const { account } = body.values;
		if (typeof account === 'string' && !past.accounts.includes(account)) past.accounts.push(account);
		// An edit moves a record's time on: the earliest is nearest to the import.
		if (past.at === '' || body.meta.at < past.at) past.at = body.meta.at;
	}
	return [...imports.values()].sort((a, b) => (a.at < b.at ? 1 : -1));
}
