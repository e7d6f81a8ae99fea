import { startPostgres } from './postgres.ts';

/** Vitest's global set-up: one PostgreSQL for all test files, unless the command has started one already. */
export default async function setup(): Promise<() => Promise<void>> {
	const server = await startPostgres({ lasting: false });
	process.env.ARCA_TEST_POSTGRES = server.url();
	if (server.folder) process.env.ARCA_TEST_POSTGRES_FOLDER = server.folder;
	return () => server.stop();
}
