import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

const alias = {
	$lib: fileURLToPath(new URL('src/lib', import.meta.url)),
	$messages: fileURLToPath(new URL('src/lib/paraglide/messages.js', import.meta.url))
};

/** One less than there are cores is what Vitest takes, which on two leaves one idle and sets the unit tests behind the others. */
const workers = 2;

/** Unit tests that lay a device over the process's globals, keep keys or play on the app's one vault: each file has a process of its own. */
const alone = ['device', 'forms', 'keys', 'sync', 'vault'].map((area) => `tests/unit/${area}/**/*.test.ts`);

/** Workbooks in another program, which is large: `npm run check:office` installs it and says where it is. */
const office = {
	resolve: { alias },
	test: {
		name: 'office',
		include: ['tests/office/**/*.test.ts'],
		environment: 'node' as const,
		testTimeout: 120_000,
		hookTimeout: 240_000
	}
};

export default defineConfig({
	test: {
		projects: [
			...(process.env.ARCA_OFFICE ? [office] : []),
			{
				plugins: [svelte()],
				resolve: { alias, conditions: ['browser'] },
				test: {
					name: 'unit',
					include: ['tests/unit/**/*.test.ts'],
					exclude: alone,
					// Starting a process and loading the modules takes longer than most of these files.
					isolate: false,
					environment: 'node',
					testTimeout: 30_000,
					maxWorkers: workers
				}
			},
			{
				plugins: [svelte()],
				resolve: { alias, conditions: ['browser'] },
				test: {
					name: 'unit-alone',
					include: alone,
					environment: 'node',
					testTimeout: 30_000,
					maxWorkers: workers
				}
			},
			{
				plugins: [svelte()],
				resolve: { alias },
				test: {
					name: 'staged',
					include: ['tests/database/**/*.test.ts', 'tests/server/**/*.test.ts', 'tests/boundary/**/*.test.ts'],
					environment: 'node',
					globalSetup: ['tests/stage/shared-postgres.ts'],
					testTimeout: 120_000,
					hookTimeout: 120_000,
					maxWorkers: workers
				}
			}
		]
	}
});
