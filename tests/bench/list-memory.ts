/**
 * What 100,000 open records take in memory: the growth of the renderer's resident size, searched list and worker
 * included, over the same list of an empty entity; against the bytes of the records' JSON as a pull gives it. The app is
 * loaded anew before it is measured, so that the records come from the device. A second line says when the list could
 * be searched, from the beginning of the load, against when it was there to be seen.
 */
import { chromium } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';
import { atHome } from '../e2e/at-home.ts';
import { manyExpenses } from '../e2e/expenses.ts';
import { bodyOf } from '../e2e/person-api.ts';
import { garbageOf } from '../stage/garbage.ts';
import { residentSize } from '../stage/resident-size.ts';
import { startServer } from '../stage/server.ts';
import { raisedLimits } from '../stage/shared-server.ts';

const count = Number(process.env.ARCA_BENCH_RECORDS ?? 100_000);
const PATIENCE = { timeout: 900_000 };
/** A word that every third record has. */
const WORD = 'Gijón';

const server = await startServer({ env: raisedLimits });
try {
	const empty = await measure(0);
	const full = await measure(count);
	const growth = full.resident - empty.resident;
	const line = { bench: 'list-memory', ours: growth, peer: full.json, ratio: growth / full.json, target: 3 };
	console.log(JSON.stringify(line));
	const { searchable, seen } = full;
	console.log(
		JSON.stringify({ bench: 'list-searchable', ours: searchable, peer: seen, ratio: searchable / seen, target: 2 })
	);
} finally {
	await server.stop();
}

interface Measured {
	/** Bytes. */
	resident: number;
	json: number;
	/** Milliseconds from the beginning of the load. */
	seen: number;
	searchable: number;
}

/** A person with so many expenses, their list open and searched, in a browser of its own. */
async function measure(many: number): Promise<Measured> {
	const browser = await chromium.launch({
		executablePath: process.env.ARCA_CHROMIUM ?? '/usr/bin/chromium',
		args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking']
	});
	try {
		const page = await browser.newPage({ locale: 'en-GB', viewport: { width: 1280, height: 900 } });
		const { api, entity } = await atHome(page, server.url);
		const [account = ''] = await api.write(entity, [bodyOf('account', { name: 'Current', currency: 'EUR' })]);
		await api.write(entity, manyExpenses(many, account));
		await page.goto(`${server.url}/${entity}/finances/expense`);
		const shown = page.getByText(many === 0 ? 'No expenses yet' : `${counted(many)} expenses`);
		await shown.waitFor(PATIENCE);
		const from = performance.now();
		await page.reload();
		await shown.waitFor(PATIENCE);
		const seen = performance.now() - from;
		if (many > 0) await searched(page, many);
		const searchable = performance.now() - from;
		const json = (await api.pull(entity)).reduce((bytes, row) => bytes + Buffer.byteLength(JSON.stringify(row)), 0);
		return { resident: await settledSize(browser, page), json, seen, searchable };
	} finally {
		await browser.close();
	}
}

function counted(many: number): string {
	return new Intl.NumberFormat('en-GB').format(many);
}

async function searched(page: Page, many: number): Promise<void> {
	const expected = manyExpenses(many, '').filter(({ values }) => String(values.payee).endsWith(WORD)).length;
	await page.getByRole('searchbox').fill(WORD);
	await page.getByText(`${counted(expected)} expenses`).waitFor(PATIENCE);
}

/** The resident size of the largest renderer, the page's own, in bytes, once what it no longer uses was let go. */
async function settledSize(browser: Browser, page: Page): Promise<number> {
	const whole = await browser.newBrowserCDPSession();
	const collect = await garbageOf(page);
	for (let time = 0; time < 3; time++) await collect();
	const { processInfo } = await whole.send('SystemInfo.getProcessInfo');
	const renderers = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => residentSize(id));
	return Math.max(...(await Promise.all(renderers)));
}
