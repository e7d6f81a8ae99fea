import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail, must, root, say } from './run.mjs';

const marker = join(root, 'node_modules', '.arca-installed');

/** Installs the packages of the lock file, unless exactly these are there already. */
export async function ensurePackages() {
	const [major = 0] = process.versions.node.split('.').map(Number);
	if (major < 20) fail(`Node 20 or newer is needed; this is ${process.versions.node}.`);
	const lock = readFileSync(join(root, 'package-lock.json'));
	const wanted = createHash('sha256').update(lock).digest('hex');
	if (existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return;
	say('installing packages (about a minute)');
	await must(
		'npm',
		['ci', '--no-audit', '--no-fund', '--loglevel=error'],
		'The packages could not be installed; see above.'
	);
	writeFileSync(marker, wanted);
}
