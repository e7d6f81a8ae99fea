import type { AccountDatabase } from './account-database.ts';
import type { DeviceSeal } from './device-seal.ts';
import { turnTexts } from './kept-texts.ts';
import { openReports, turnChanges } from './outbox.ts';
import { turnPages } from './page-fold.ts';
import { SHARE, SHARE_KEY } from './share-notes.ts';
import type { TurnedSeal } from './user-seal.ts';

/** Of the rows of a table: how many were under an older key of the user's, and whose key is not there. */
export interface TurnedRows {
	older: number;
	away: readonly string[];
}

/** See RecordStore.turnSeal. */
export async function turnKept(database: AccountDatabase, seal: DeviceSeal, withPages: boolean): Promise<TurnedSeal> {
	const [texts, changes] = [await turnTexts(database, seal), await turnChanges(database, seal)];
	const pages = withPages ? await turnPages(database, seal) : 0;
	await forgetTold(database, seal, new Set(changes.away));
	const older = texts.older + changes.older + pages;
	return { older, changes: changes.away.length, drafts: (await missed(database, texts.away)).length };
}

/** Of the texts that do not open, those that are missed: a key for what is shared is not, while nothing waits for it. */
async function missed({ texts }: AccountDatabase, away: readonly string[]): Promise<readonly string[]> {
	const waits = (await texts.where('name').startsWith(SHARE).count()) > 0;
	return waits ? away : away.filter((name) => !name.startsWith(SHARE_KEY));
}

/** What was told of changes that open by now is told no longer. */
async function forgetTold({ reports }: AccountDatabase, seal: DeviceSeal, away: ReadonlySet<string>): Promise<void> {
	const told = await openReports(seal, await reports.toArray());
	const over = told.filter(({ what, record }) => what === 'sealed-away' && record !== null && !away.has(record));
	await reports
		.where('id')
		.anyOf(over.map(({ id }) => id))
		.delete();
}
