/** The main walk in Firefox and WebKit, one after the other: `npm run browsers` installs them and starts this. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../stage/free-port.ts';
import { raisedLimits } from '../stage/shared-server.ts';
import { startServer } from '../stage/server.ts';
import { firefox } from './firefox.ts';
import { until } from './pilot.ts';
import type { Pilot } from './pilot.ts';
import { walk } from './walk.ts';
import type { WalkServer } from './walk.ts';
import { webkit } from './webkit.ts';

const { ARCA_FIREFOX = '', ARCA_WEBKIT_DRIVER = '', ARCA_MINIBROWSER = '' } = process.env;
const dataFolder = await mkdtemp(join(tmpdir(), 'arca-browsers-'));
let running = await startServer({ env: raisedLimits, dataFolder });
const server: WalkServer = {
	url: running.url,
	async goAway() {
		const { port } = running;
		await running.stop();
		return async () => {
			running = await startServer({ env: raisedLimits, dataFolder, port });
		};
	}
};
let failed = 0;

await attempt('Firefox', () => firefox(ARCA_FIREFOX));
await attempt('WebKit', startWebkit);
await running.stop();
await rm(dataFolder, { recursive: true, force: true });
process.exitCode = failed === 0 ? 0 : 1;

async function attempt(name: string, start: () => Promise<Pilot>): Promise<void> {
	try {
		const pilot = await start();
		try {
			await walk(pilot, server);
			console.log(`${name} (${pilot.browser}): the walk passed`);
		} catch (error) {
			console.error(`${name} showed:\n${await pilot.run(() => document.body.innerText)}`);
			throw error;
		} finally {
			await pilot.close();
		}
	} catch (error) {
		failed++;
		console.error(`${name}: ${error instanceof Error ? error.stack : String(error)}`);
	}
}

/** Starts WebKit's driver on a display of its own; it ends when the browser is closed. */
async function startWebkit(): Promise<Pilot> {
	const port = await freePort();
	const driver = spawn('xvfb-run', ['-a', ARCA_WEBKIT_DRIVER, `--port=${port}`], { stdio: 'ignore', detached: true });
	const end = (): void => void (driver.pid !== undefined && process.kill(-driver.pid, 'SIGTERM'));
	try {
		// Its own page of status says when it listens.
		await until('the driver of WebKit', async () => (await fetch(`http://127.0.0.1:${port}/status`)).ok || null);
		const pilot = await webkit(`http://127.0.0.1:${port}`, ARCA_MINIBROWSER);
		return {
			...pilot,
			async close() {
				await pilot.close();
				end();
			}
		};
	} catch (error) {
		end();
		throw error;
	}
}
