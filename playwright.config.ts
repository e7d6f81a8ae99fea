import { defineConfig } from '@playwright/test';

/** What takes longest and goes over ground that others go over too: `npm run soak` has it, `npm test` must stay short. */
const long = [
	'app-lock-long',
	'app-lock-memory',
	'app-lock-swap',
	'app-update',
	'avatar-removed',
	'canary-screens',
	'door-confirm',
	'door-looks',
	'downloads',
	'encryption-alarms',
	'encryption-copied',
	'encryption-days',
	'encryption-earlier',
	'encryption-keyboard',
	'encryption-looks',
	'encryption-offline',
	'encryption-restored',
	'encryption-resume',
	'encryption-seldom',
	'export-domains',
	'files-large',
	'idle-lock',
	'idle-lock-codes',
	'import-formats',
	'import-looks',
	'import-stopped',
	'install',
	'lock-memory',
	'long-list',
	'net-worth',
	'offline-files',
	'realtime',
	'secrets',
	'share',
	'supabase',
	'trouble',
	'two-devices'
].map((name) => `**/${name}.spec.ts`);
/** Single tests of that sort are tagged. */
const tagged = /@long/;
/** Each screen in two looks: every other one is in `npm test`, all of them are in the soak. */
const twofold = ['**/screens.spec.ts'];
const chromium = process.env.ARCA_HEADLESS_SHELL ?? process.env.ARCA_CHROMIUM ?? '/usr/bin/chromium';

export default defineConfig({
	testDir: 'tests/e2e',
	outputDir: 'test-results',
	timeout: 120_000,
	expect: { timeout: 15_000 },
	fullyParallel: false,
	workers: 2,
	retries: 0,
	forbidOnly: true,
	reporter: [['list']],
	globalSetup: './tests/stage/shared-server.ts',
	use: {
		// The shared server's address is known once it runs: see tests/stage/shared-server.ts.
		actionTimeout: 15_000,
		navigationTimeout: 20_000,
		locale: 'en-GB',
		timezoneId: 'Europe/Madrid',
		// A trace of every step costs a third of the time: ARCA_TRACE=1 keeps those of the tests that fail.
		trace: process.env.ARCA_TRACE ? 'retain-on-failure' : 'off',
		// Installing the app takes time in every new context: the specs about that allow it.
		serviceWorkers: 'block',
		launchOptions: {
			executablePath: chromium,
			args: [
				'--no-sandbox',
				'--disable-gpu',
				'--disable-quic',
				'--no-first-run',
				'--disable-background-networking',
				'--disable-component-update',
				'--disable-sync'
			]
		}
	},
	projects: process.env.ARCA_SOAK
		? [
				{ name: 'chromium', testMatch: [...long, ...twofold] },
				{ name: 'tagged', testIgnore: long, grep: tagged }
			]
		: [{ name: 'chromium', testIgnore: long, grepInvert: tagged }]
});
