import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const css = readFileSync(new URL('../../../src/app.css', import.meta.url), 'utf8');

/** The colours of a theme: the first :root of the file is the light one, the one inside the media query the dark one. */
function coloursOf(theme: 'light' | 'dark'): Map<string, string> {
	const blocks = [...css.matchAll(/:root \{([^}]*)\}/g)].map((found) => found[1] ?? '');
	const block = blocks[theme === 'light' ? 0 : 1] ?? '';
	return new Map([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map((found) => [found[1] ?? '', found[2] ?? '']));
}

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
	const [red = 0, green = 0, blue = 0] = [1, 3, 5]
		.map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
		.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
	const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
	return (light + 0.05) / (dark + 0.05);
}

const text: [string, string[]][] = [
	['ink', ['paper', 'surface', 'wash', 'attention-wash', 'loss-wash']],
	['muted', ['paper', 'surface', 'wash', 'attention-wash', 'loss-wash']],
	['act', ['paper', 'surface', 'wash']],
	['act-strong', ['paper', 'surface', 'wash']],
	['on-act', ['act', 'act-strong']],
	['attention', ['paper', 'surface', 'attention-wash']],
	['loss', ['paper', 'surface', 'loss-wash']]
];

test('black on white is 21 to 1, and a colour on itself 1 to 1', () => {
	expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
	expect(contrast('#5b6056', '#5b6056')).toBe(1);
});

describe.each(['light', 'dark'] as const)('in the %s theme', (theme) => {
	const colours = coloursOf(theme);
	const between = (one: string, other: string) => contrast(colours.get(one) ?? '#', colours.get(other) ?? '#');

	test.each(text)('%s can be read on every ground it stands on', (ink, grounds) => {
		for (const ground of grounds) expect(between(ink, ground), `${ink} on ${ground}`).toBeGreaterThanOrEqual(4.5);
	});

	test('the edge of a control stands out from its ground', () => {
		for (const ground of ['paper', 'surface']) expect(between('edge', ground)).toBeGreaterThanOrEqual(3);
	});
});
