import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createPgliteConnection } from '@supabase/lite/pglite';
import type { PgliteConnection } from '@supabase/lite/pglite';
import type { Database, Row } from './database.ts';
import { createTurns } from './turns.ts';

interface Opened {
	connection: PgliteConnection;
	database: Database;
	/** Gives back the room of rows that were changed, removed or rolled back: PGlite has no autovacuum that would. */
	tidy: () => Promise<unknown>;
}

/** PGlite in a folder, for this process alone; everything that reaches its one connection takes turns. */
export async function openPglite(data: string): Promise<Opened> {
	const url = join(data, 'postgres');
	mkdirSync(url, { recursive: true, mode: 0o700 });
	// An acknowledged write must survive a power cut.
	const connection = await createPgliteConnection({ url, pgliteOptions: { relaxedDurability: false } });
	const { driver } = connection;
	await driver.waitReady;
	const inTurn = createTurns();
	return {
		connection,
		tidy: () => inTurn(() => driver.exec('vacuum')),
		database: {
			script: (text) => inTurn(() => driver.transaction((transaction) => transaction.exec(text))),
			transaction: (statements) =>
				inTurn(() =>
					driver.transaction(async (transaction) => {
						const rows: Row[][] = [];
						for (const [text, parameters] of statements)
							rows.push((await transaction.query<Row>(text, parameters)).rows);
						return rows;
					})
				),
			within: (mode, work) =>
				inTurn(() =>
					driver.transaction(async (transaction) => {
						if (mode === 'reading') await transaction.exec('set transaction isolation level repeatable read read only');
						return work(async (text, parameters = []) => (await transaction.query<Row>(text, parameters)).rows);
					})
				),
			exclusively: inTurn
		}
	};
}
