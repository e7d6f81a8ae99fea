import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

const alias = {
	$lib: fileURLToPath(new URL('src/lib', import.meta.url)),
	$messages: fileURLToPath(new URL('src/lib/paraglide/messages.js', import.meta.url))
};

/** One less than there are cores is what Vitest takes, which on two leaves one idle and sets the unit tests behind the others. */
const workers = 2;

export default defineConfig({
	test: {
		projects: [
			{
				plugins: [svelte()],
				resolve: { alias, conditions: ['browser'] },
				test: {
					name: 'unit',
					include: ['tests/unit/**/*.test.ts'],
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
