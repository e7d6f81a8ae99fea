import { chromium } from '@playwright/test';
import type { BrowserContext, TestInfo } from '@playwright/test';

/** A browser of its own, whose profile stays on the disk when it is closed. */
export function openProfile(folder: string, { project }: TestInfo): Promise<BrowserContext> {
	const { launchOptions, locale, timezoneId } = project.use;
	const baseURL = process.env.ARCA_E2E_URL;
	return chromium.launchPersistentContext(folder, {
		...launchOptions,
		...{ baseURL, locale, timezoneId, serviceWorkers: 'allow', viewport: { width: 1280, height: 900 } }
	});
}
