import { ensureAge } from './setup/age.mjs';
import { ensureBrowser } from './setup/browser.mjs';
import { ensureBuild } from './setup/build.mjs';
import { ensureOpenpyxl } from './setup/openpyxl.mjs';
import { ensurePackages } from './setup/packages.mjs';
import { ensurePostgres } from './setup/postgres.mjs';
import { node, run, say } from './setup/run.mjs';

await ensurePackages();
const env = {
	ARCA_SOAK: '1',
	ARCA_CHROMIUM: await ensureBrowser(),
	ARCA_POSTGRES_BIN: await ensurePostgres(),
	ARCA_AGE: await ensureAge(),
	ARCA_PYTHON: await ensureOpenpyxl()
};
await ensureBuild();
say('running the long campaigns: the same tests with their full counts');
const { code } = await run(
	node,
	['node_modules/vitest/vitest.mjs', 'run', '--testTimeout=3600000', ...process.argv.slice(2)],
	{ env }
);
process.exitCode = code;
// A campaign that was named is run alone.
if (process.argv.length === 2) {
	say('running the long browser tests');
	const browser = await run(node, ['node_modules/@playwright/test/cli.js', 'test'], { env });
	process.exitCode ||= browser.code;
}
