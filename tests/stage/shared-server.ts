import { startPostgres } from './postgres.ts';
import { startServer } from './server.ts';

/** What suites that sign in often need: the table of limits, raised. The table itself has tests of its own. */
export const raisedLimits = {
	ARCA_LIMIT_READ: '100000',
	ARCA_LIMIT_WRITE: '100000',
	ARCA_LIMIT_SENSITIVE: '100000',
	ARCA_LIMIT_HIGH_RISK: '100000',
	ARCA_LIMIT_RECORDS: '100000',
	ARCA_LIMIT_SIGN_UPS: '100000',
	ARCA_LIMIT_SIGN_UP_NETWORK: '100000',
	ARCA_LIMIT_ADDRESS: '100000',
	ARCA_LIMIT_BAD_TOKENS: '100000'
};

/**
 * Playwright's global set-up: one built server for all specs, in a folder and on a port of its own. Its rows lie in PostgreSQL, which
 * takes a fraction of what PGlite takes of the processor; the walk has a server on PGlite, as `npm start` runs it.
 */
export default async function setup(): Promise<() => Promise<void>> {
	const postgres = await startPostgres({ lasting: false });
	const server = await startServer({ env: raisedLimits, databaseUrl: await postgres.createDatabase() });
	process.env.ARCA_E2E_URL = server.url;
	process.env.ARCA_E2E_DATA = server.dataFolder;
	return async () => {
		await server.stop();
		await postgres.stop();
	};
}
