import { has, run, say } from './run.mjs';

/**
 * Installs packages of Debian where this is one and we may.
 * @param {string[]} packages
 * @param {string} what as a person calls it
 * @returns {Promise<boolean>} whether they are there now
 */
export async function installDebian(packages, what) {
	if (!has('apt-get') || process.getuid?.() !== 0) return false;
	say(`installing ${what} from Debian's packages`);
	const env = { DEBIAN_FRONTEND: 'noninteractive' };
	const install = () =>
		run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { env, quiet: true });
	if ((await install()).code === 0) return true;
	await run('apt-get', ['update', '-qq'], { env, quiet: true });
	return (await install()).code === 0;
}
