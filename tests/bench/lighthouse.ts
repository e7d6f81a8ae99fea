import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import lighthouse from 'lighthouse';
import { freePort } from '../stage/free-port.ts';
import { startServer } from '../stage/server.ts';
import { raisedLimits } from '../stage/shared-server.ts';
import { median } from '../stage/median.ts';

/** Lighthouse (mobile, median of five runs) on the sign-in page and on Home; the peer is a perfect score. */
const runs = Number(process.env.ARCA_LIGHTHOUSE_RUNS ?? 5);
const categories = ['performance', 'accessibility', 'best-practices'];
const server = await startServer({ env: raisedLimits });
const profile = await mkdtemp(join(tmpdir(), 'arca-lighthouse-'));
const port = await freePort();
const browser = await chromium.launchPersistentContext(profile, {
	executablePath: process.env.ARCA_CHROMIUM ?? '/usr/bin/chromium',
	args: [
		`--remote-debugging-port=${port}`,
		'--no-sandbox',
		'--disable-gpu',
		'--disable-quic',
		'--disable-background-networking',
		'--disable-component-update',
		'--disable-sync'
	]
});

try {
	await measure('sign-in', `${server.url}/sign-in`);
	const page = await browser.newPage();
	await page.goto(`${server.url}/create-account`);
	await page.getByLabel('Email').fill('light@house.test');
	await page.getByLabel('Password', { exact: true }).fill('a-long enough passphrase 7');
	await page.getByRole('button', { name: 'Create account' }).click();
	await page.getByLabel('Name', { exact: true }).fill('Casa');
	await page.getByRole('button', { name: /Create|Save/ }).click();
	await page.waitForURL(/\/[0-9a-f-]{36}$/);
	const home = page.url();
	await page.close();
	await measure('home', home);
} finally {
	await browser.close();
	await server.stop();
	await rm(profile, { recursive: true, force: true });
}

/** Runs Lighthouse some times on one address and prints a line for each category. */
async function measure(name: string, url: string): Promise<void> {
	const scores = new Map<string, number[]>(categories.map((category) => [category, []]));
	for (let run = 0; run < runs; run++) {
		const result = await lighthouse(url, {
			port,
			onlyCategories: categories,
			disableStorageReset: true,
			logLevel: 'error'
		});
		if (!result) throw new Error(`Lighthouse gave nothing for ${url}`);
		if (process.env.ARCA_LIGHTHOUSE_WHY) explain(result.lhr.audits);
		for (const category of categories) scores.get(category)?.push(100 * (result.lhr.categories[category]?.score ?? 0));
	}
	for (const [category, seen] of scores) {
		const ours = Math.round(median(seen));
		console.log(
			JSON.stringify({ bench: `lighthouse ${name} ${category}`, ours, peer: 100, ratio: ours / 100, target: 0.95 })
		);
	}
}

/** Prints the audits that cost points, to find out what to mend. */
function explain(audits: Record<string, { title: string; score: number | null; displayValue?: string }>): void {
	for (const audit of Object.values(audits)) {
		if (audit.score !== null && audit.score < 0.9)
			console.error(`${audit.score} ${audit.title} ${audit.displayValue ?? ''}`);
	}
}
