import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';

const script = readFileSync(new URL('../../../static/locale.js', import.meta.url), 'utf8');
const settings = JSON.parse(
	readFileSync(new URL('../../../project.inlang/settings.json', import.meta.url), 'utf8')
) as { baseLocale: string; locales: string[] };

interface Page {
	lang: string;
	dataset: { translating?: string };
}

/** The page after the script ran in a browser with these languages, where this was chosen before. */
function pageFor(languages: string[], chosen: string | null | Error = null): Page {
	const page: Page = { lang: settings.baseLocale, dataset: {} };
	const getItem = () => {
		if (chosen instanceof Error) throw chosen;
		return chosen;
	};
	runInNewContext(script, { document: { documentElement: page }, navigator: { languages }, localStorage: { getItem } });
	return page;
}

test('every language of the app is chosen by a browser that wants it', () => {
	for (const language of settings.locales) expect(pageFor([`${language}-XX`]).lang).toBe(language);
});

test('the first language that we have wins, and a page to be translated is marked', () => {
	expect(pageFor(['de-AT', 'es-ES', 'en'])).toEqual({ lang: 'es', dataset: { translating: '' } });
});

test('a page in the right language is shown at once', () => {
	expect(pageFor(['en-GB', 'es'])).toEqual({ lang: 'en', dataset: {} });
	expect(pageFor(['de'])).toEqual({ lang: 'en', dataset: {} });
});

test('what a person chose goes before what the browser wants', () => {
	expect(pageFor(['es'], 'en').lang).toBe('en');
	expect(pageFor(['en'], 'es').lang).toBe('es');
	expect(pageFor(['en'], 'xx').lang).toBe('en');
});

test('blocked storage is no obstacle', () => {
	expect(pageFor(['es'], new Error('blocked')).lang).toBe('es');
});
