import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readAgent } from '../../../src/lib/access/user-agent.ts';

const webkit = 'AppleWebKit/537.36 (KHTML, like Gecko)';

test.each([
	[
		`Mozilla/5.0 (Linux; Android 15; Pixel 9) ${webkit} Chrome/140.0.0.0 Mobile Safari/537.36`,
		'Chrome',
		'Android',
		true
	],
	[
		`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit} Chrome/140.0 Safari/537.36 Edg/140.0`,
		'Edge',
		'Windows',
		false
	],
	[`Mozilla/5.0 (Windows NT 10.0) ${webkit} Chrome/139.0 Safari/537.36 OPR/122.0`, 'Opera', 'Windows', false],
	[
		`Mozilla/5.0 (Linux; Android 14) ${webkit} SamsungBrowser/28.0 Chrome/130.0 Mobile Safari/537.36`,
		'Samsung Internet',
		'Android',
		true
	],
	[
		'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 Version/18.6 Mobile/15E148 Safari/604.1',
		'Safari',
		'iPhone',
		true
	],
	[
		'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1 FxiOS/142.0 Mobile/15E Safari/605.1',
		'Firefox',
		'iPhone',
		true
	],
	[
		'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.6 Safari/605.1.15',
		'Safari',
		'macOS',
		false
	],
	['Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0', 'Firefox', 'Linux', false],
	[`Mozilla/5.0 (X11; CrOS x86_64 16000) ${webkit} Chrome/140.0 Safari/537.36`, 'Chrome', 'ChromeOS', false],
	['curl/8.14.1', null, null, false],
	['', null, null, false]
])('%s', (header, browser, system, mobile) => {
	expect(readAgent(header)).toEqual({ browser, system, mobile });
});

test('whatever somebody writes there, only names of the tables come out', () => {
	const known =
		/^(Edge|Opera|Samsung Internet|Firefox|Chrome|Safari|iPhone|iPad|Android|Windows|ChromeOS|macOS|Linux)$/;
	fc.assert(
		fc.property(fc.string({ unit: 'binary' }), (header) => {
			const { browser, system } = readAgent(header);
			for (const name of [browser, system]) expect(name ?? 'Linux').toMatch(known);
		})
	);
});
