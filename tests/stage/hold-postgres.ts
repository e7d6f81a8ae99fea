import { startPostgres } from './postgres.ts';

/** Starts a PostgreSQL, prints its environment as one line of JSON, and stops it when standard input ends. */
const server = await startPostgres({ lasting: false });
console.log(JSON.stringify({ ARCA_TEST_POSTGRES: server.url(), ARCA_TEST_POSTGRES_FOLDER: server.folder }));
process.stdin.resume();
process.stdin.once('end', () => void server.stop().then(() => process.exit(0)));
