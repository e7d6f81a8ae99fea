import { Builder, Capabilities } from 'selenium-webdriver';
import type { WebElement } from 'selenium-webdriver';
import { PATIENCE, find, pick, until } from './pilot.ts';
import type { Pilot, Sought } from './pilot.ts';

/** WebKitGTK by its own driver; MiniBrowser wants a display, which `xvfb-run` gives. */
export async function webkit(driverUrl: string, miniBrowser: string): Promise<Pilot> {
	const capabilities = new Capabilities({
		browserName: 'MiniBrowser',
		'webkitgtk:browserOptions': { binary: miniBrowser, args: ['--automation'] }
	});
	const driver = await new Builder().usingServer(driverUrl).withCapabilities(capabilities).build();
	await driver.manage().setTimeouts({ script: PATIENCE, pageLoad: PATIENCE });
	await driver.manage().window().setRect({ width: 1280, height: 900 });
	const version = (await driver.getCapabilities()).getBrowserVersion();

	const get = (sought: Sought, name: string): Promise<WebElement> =>
		until(`${sought} "${name}"`, () => driver.executeScript<WebElement | null>(find, sought, name));

	return {
		browser: `WebKitGTK ${version ?? ''}`,
		open: (url) => driver.get(url),
		address: () => driver.getCurrentUrl(),
		reload: () => driver.navigate().refresh(),
		click: async (sought, name) => (await get(sought, name)).click(),
		async type(label, text) {
			const field = await get('field', label);
			await field.clear();
			await field.sendKeys(text);
		},
		async choose(label, option) {
			await until(`"${option}" in "${label}"`, async () => {
				const field = await get('field', label);
				return (await driver.executeScript<boolean>(pick, field, option)) || null;
			});
		},
		upload: async (path) => (await get('file', '')).sendKeys(path),
		sees: async (sought, name) => void (await get(sought, name)),
		run: <T>(work: () => Promise<T> | T) =>
			driver.executeAsyncScript<T>(`const done = arguments[0]; Promise.resolve((${String(work)})()).then(done)`),
		close: () => driver.quit()
	};
}
