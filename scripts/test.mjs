import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { check, prepareCheck } from './check.mjs';
import { ensureAge, missingAge } from './setup/age.mjs';
import { ensureBrowser, ensureHeadlessShell, missingBrowsers } from './setup/browser.mjs';
import { ensureBuild } from './setup/build.mjs';
import { installDebian } from './setup/debian.mjs';
import { ensureOpenpyxl, missingOpenpyxl } from './setup/openpyxl.mjs';
import { ensurePackages } from './setup/packages.mjs';
import { ensurePostgres, missingPostgres } from './setup/postgres.mjs';
import { environment, node, root, run, say } from './setup/run.mjs';

const results = join(root, 'test-results');
const reports = join(root, 'node_modules', '.cache', 'reports');

// Debian's packages wait for the network and the disk, npm's for the processor.
await Promise.all([ensurePackages(), installAhead()]);
const ARCA_CHROMIUM = await ensureBrowser();
const ARCA_HEADLESS_SHELL = await ensureHeadlessShell(ARCA_CHROMIUM);
const ARCA_POSTGRES_BIN = await ensurePostgres();
const ARCA_AGE = await ensureAge();
const ARCA_PYTHON = await ensureOpenpyxl();
for (const folder of [results, reports]) rmSync(folder, { recursive: true, force: true });
const totals = [];

await prepareCheck();
// The checks keep one core busy for a minute and more, while the build and the tests wait now and then: neither idles.
say('checking format, types and lint, meanwhile building and running unit, database and server tests');
const checked = check();
await ensureBuild();
const stage = await startStage();
// Some four hundred processes start and load the same modules: Node keeps what it compiled.
const NODE_COMPILE_CACHE = join(root, 'node_modules', '.cache', 'node');
const env = {
	ARCA_CHROMIUM,
	ARCA_HEADLESS_SHELL,
	ARCA_POSTGRES_BIN,
	ARCA_AGE,
	ARCA_PYTHON,
	NODE_COMPILE_CACHE,
	...stage.env
};

totals.push(await vitest(), await checked);
say('running browser tests');
totals.push(await playwright());
stage.stop();

const passed = totals.reduce((sum, part) => sum + part.passed, 0);
const failed = totals.reduce((sum, part) => sum + part.failed, 0);
// Last, where whoever reads only the end of a long log finds it.
for (const name of totals.flatMap((part) => part.names)) console.log(`failed: ${name}`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/** Has Debian install what is missing of the programs, all at once; what it does not have is seen to one by one. */
async function installAhead() {
	const missing = [...missingBrowsers(), ...missingPostgres(), ...missingAge(), ...missingOpenpyxl()];
	if (missing.length > 0) await installDebian(missing, missing.join(', '));
}

/** Starts the PostgreSQL that all suites share; it ends when its standard input does. */
async function startStage() {
	const child = spawn(node, ['tests/stage/hold-postgres.ts'], {
		cwd: root,
		env: environment({ ARCA_POSTGRES_BIN }),
		stdio: ['pipe', 'pipe', 'inherit']
	});
	const line = await new Promise((resolve, reject) => {
		let printed = '';
		child.stdout.on('data', (part) => {
			printed += part;
			if (printed.includes('\n')) resolve(printed);
		});
		child.on('close', () => reject(new Error('PostgreSQL could not be started for the tests')));
	});
	return { env: JSON.parse(line), stop: () => child.stdin.end() };
}

/** Runs Vitest and reads its counts; a suite that broke before its first test counts as a failure. */
async function vitest() {
	const file = join(reports, 'vitest.json');
	const { code } = await run(
		node,
		['node_modules/vitest/vitest.mjs', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
		{ env }
	);
	return counts('Vitest', code, () => {
		const report = JSON.parse(readFileSync(file, 'utf8'));
		const broken = report.testResults.filter(({ status }) => status !== 'passed');
		const names = broken.flatMap(({ name, assertionResults }) => [
			name,
			...assertionResults.filter(({ status }) => status !== 'passed').map(({ fullName }) => `${name}: ${fullName}`)
		]);
		return { passed: report.numPassedTests, failed: report.numTotalTests - report.numPassedTests, names };
	});
}

/** Runs Playwright and reads its counts. */
async function playwright() {
	const file = join(reports, 'playwright.json');
	const { code } = await run(node, ['node_modules/@playwright/test/cli.js', 'test', '--reporter=list,json'], {
		env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: file }
	});
	return counts('Playwright', code, () => {
		const { stats, suites } = JSON.parse(readFileSync(file, 'utf8'));
		const names = specsOf(suites).flatMap(({ ok, file, title }) => (ok ? [] : [`${file}: ${title}`]));
		return { passed: stats.expected, failed: stats.unexpected + stats.flaky + stats.skipped, names };
	});
}

/** The specs of suites and of the suites within them. */
function specsOf(suites = []) {
	return suites.flatMap((suite) => [...(suite.specs ?? []), ...specsOf(suite.suites)]);
}

/** A runner that failed without a failed test, or left no report, is one failure. */
function counts(runner, code, read) {
	let told;
	try {
		told = read();
	} catch {
		told = { passed: 0, failed: 0, names: [] };
	}
	if (told.failed === 0 && (code !== 0 || told.passed === 0)) {
		told.failed = 1;
		told.names.push(`${runner} itself, which ended with ${code}`);
	}
	return told;
}
