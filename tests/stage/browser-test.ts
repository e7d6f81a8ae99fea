import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { test as base } from '@playwright/test';

export { expect, type Page } from '@playwright/test';

/** What every browser test has: the shared server, mailed codes, and a page that fails on a policy violation. */
interface Fixtures {
	/** The newest code mailed to an address. */
	readCode: (email: string) => string;
	/** Sentences of the console that told of a violated policy; the test fails at its end if there is one. */
	violations: string[];
}

/** Playwright's test against the shared built server. */
export const test = base.extend<Fixtures>({
	baseURL: async ({}, use) => use(process.env.ARCA_E2E_URL),
	readCode: async ({}, use) => use((email) => readCode(email)),
	violations: [
		async ({ context }, use) => {
			const seen: string[] = [];
			context.on('console', (message) => {
				if (/Content Security Policy|Trusted ?Type/i.test(message.text())) seen.push(message.text());
			});
			await use(seen);
			base.expect(seen, 'no policy is violated').toEqual([]);
		},
		{ auto: true }
	]
});

function readCode(email: string): string {
	const root = fileURLToPath(new URL('../..', import.meta.url));
	const env = { ...process.env, ARCA_DATA: process.env.ARCA_E2E_DATA };
	const told = spawnSync(process.execPath, ['scripts/reset-code.mjs', email], { cwd: root, env, encoding: 'utf8' });
	const code = /\b\d{6,10}\b/.exec(told.stdout)?.[0];
	if (!code) throw new Error(`no code for ${email}: ${told.stdout}${told.stderr}`);
	return code;
}
