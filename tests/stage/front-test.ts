import { test as base } from './browser-test.ts';
import { startFront, type Front } from './front.ts';

/** The test with a server of its own in front of the shared one, to be taken away. */
export const test = base.extend<{ front: Front }>({
	front: async ({}, use) => {
		const front = await startFront(process.env.ARCA_E2E_URL ?? '');
		await use(front);
		await front.stop();
	},
	baseURL: async ({ front }, use) => use(front.url)
});
