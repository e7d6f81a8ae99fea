import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBrowser } from './setup/browser.mjs';
import { ensureBuild } from './setup/build.mjs';
import { ensurePackages } from './setup/packages.mjs';
import { ensurePostgres } from './setup/postgres.mjs';
import { fail, node, root, run } from './setup/run.mjs';

await ensurePackages();
const env = {
	ARCA_CHROMIUM: await ensureBrowser(),
	ARCA_POSTGRES_BIN: await ensurePostgres(),
	CHROME_PATH: await ensureBrowser()
};
await ensureBuild();

const names = readdirSync(join(root, 'tests', 'bench'))
	.filter((file) => file.endsWith('.ts'))
	.map((file) => file.slice(0, -3));
const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !names.includes(name));
if (unknown) fail(`there is no bench called ${unknown}; there are: ${names.join(', ')}`);

// One after another: a bench beside another measures the other.
for (const name of wanted.length ? wanted : names) {
	const { code } = await run(node, [`tests/bench/${name}.ts`], { env });
	if (code !== 0) process.exitCode = 1;
}
