import { createPostgresConnection } from '@supabase/lite/postgres';
import type { PostgresConnection } from '@supabase/lite/postgres';
import type { Ask, Database, Row } from './database.ts';

/** The backend hands JSON over as text; the driver's own way would quote that once more. */
const jsonb = {
	to: 3802,
	from: [3802],
	serialize: (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value)),
	parse: (text: string) => JSON.parse(text) as unknown
};

/** A PostgreSQL server, by a pool of connections; each transaction has one to itself. */
export function openPostgres(url: string): { connection: PostgresConnection; database: Database } {
	const connection = createPostgresConnection({
		url,
		postgresOptions: { max: 10, onnotice: () => undefined, types: { jsonb } }
	});
	const { driver } = connection;
	return {
		connection,
		database: {
			script: (text) =>
				driver.begin(async (transaction) => {
					// Several servers may start at once on one database.
					await transaction`select pg_advisory_xact_lock(7305104513)`;
					await transaction.unsafe(text);
				}),
			async transaction(statements) {
				const done: { rows: Row[][] } = { rows: [] };
				await driver.begin(async (transaction) => {
					const sent: Promise<Row[]>[] = [];
					for (const [text, parameters] of statements) {
						sent.push(transaction.unsafe<Row[]>(text, parameters, { prepare: true }).execute());
						// The driver sends it a turn later: before the next one is made, and without waiting for its answer.
						await Promise.resolve();
					}
					// If one fails, the ones behind it do too.
					done.rows = await Promise.all(sent);
				});
				return done.rows;
			},
			async within<T>(mode: 'reading' | 'writing', work: (ask: Ask) => Promise<T>) {
				const options = mode === 'reading' ? 'isolation level repeatable read read only' : 'read write';
				const done: { value?: T } = {};
				await driver.begin(options, async (transaction) => {
					done.value = await work(async (text, parameters = []) => [
						...(await transaction.unsafe<Row[]>(text, parameters))
					]);
				});
				return done.value as T;
			},
			exclusively: (work) => work()
		}
	};
}
