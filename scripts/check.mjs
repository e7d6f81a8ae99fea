import { compileLanguages } from './setup/languages.mjs';
import { ensurePackages } from './setup/packages.mjs';
import { run, say } from './setup/run.mjs';

/** What must hold before a push, fast to slow. */
const steps = [
	['format', 'prettier', ['--check', '--log-level', 'warn', '.']],
	['types', 'svelte-check', ['--tsconfig', './tsconfig.json', '--fail-on-warnings', '--output', 'human']],
	['worker types', 'tsc', ['--project', 'src/service-worker/tsconfig.json']],
	['lint', 'eslint', ['--max-warnings', '0', '--cache', '--cache-location', 'node_modules/.cache/eslint/', '.']]
];

/** Writes what the checks read besides the sources: the sentences and the types of the routes. */
export async function prepareCheck() {
	await compileLanguages();
	await run('svelte-kit', ['sync'], { quiet: true });
}

/** Runs every check; gives the number that held, the number that did not, and the names of those. */
export async function check() {
	const failed = [];
	const results = await Promise.all(
		steps.map(async ([name, program, args]) => ({ name, ...(await run(program, args, { quiet: true })) }))
	);
	for (const { name, code, output } of results) {
		if (code === 0) continue;
		failed.push(name);
		console.error(output);
	}
	say(failed.length ? `check: ${failed.join(', ')} failed` : 'check: format, types and lint hold');
	return { passed: steps.length - failed.length, failed: failed.length, names: failed };
}

if (process.argv[1]?.endsWith('check.mjs')) {
	await ensurePackages();
	await prepareCheck();
	process.exit((await check()).failed === 0 ? 0 : 1);
}
