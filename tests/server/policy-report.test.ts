import { expect, test } from 'vitest';
import { createViolations, violationIn } from '../../src/lib/server/http/policy-report.ts';
import type { Violation } from '../../src/lib/server/http/policy-report.ts';

const ours = 'https://arca.example';
const violation = (report: object) => violationIn({ 'csp-report': { 'violated-directive': '', ...report } }, ours);

test('of a violation it is told what was kept from happening and in which file of the app', () => {
	const seen = violation({
		'effective-directive': 'script-src-elem',
		'blocked-uri': 'https://elsewhere.example/steal.js?with=what',
		'source-file': `${ours}/_app/immutable/entry/start.a1b2.js`,
		'line-number': 7
	});
	const source = '/_app/immutable/entry/start.a1b2.js';
	expect(seen).toEqual({ directive: 'script-src-elem', blocked: 'https://elsewhere.example', source, line: 7 });
});

test('an older browser names the directive with its values, and a kind instead of an address', () => {
	const seen = violation({ 'violated-directive': "script-src 'self'", 'blocked-uri': 'inline' });
	expect(seen).toEqual({ directive: 'script-src', blocked: 'inline', source: 'other', line: 0 });
});

test('nothing that a page or a stranger writes into a report is told', () => {
	const secret = 'Glucose-5.4 of Ana';
	const seen = [
		violation({ 'effective-directive': secret, 'blocked-uri': secret, 'source-file': secret, 'line-number': -1 }),
		violation({ 'blocked-uri': `data:text/html,${secret}`, 'source-file': `${ours}/_app/${secret}` }),
		violation({ 'blocked-uri': `${ours}/health/${secret}`, 'source-file': `${ours}/health/${secret}` }),
		violation({ 'document-uri': secret, 'script-sample': secret, referrer: secret })
	];
	expect(JSON.stringify(seen)).not.toMatch(/Glucose|Ana/i);
	expect(JSON.stringify(violation({ 'blocked-uri': `https://${'planted'}.example/` }))).toContain('planted');
	expect(seen[1]?.blocked).toBe('data');
});

test('a kind of violation is told once an hour, however often it is reported', () => {
	const told: object[] = [];
	let now = 0;
	const note = createViolations({ warn: (_, facts) => told.push(facts ?? {}) }, () => now);
	const [first, second] = ['inline', 'eval'].map((blocked): Violation => ({
		directive: 'script-src',
		blocked,
		source: 'other',
		line: 0
	}));
	if (!first || !second) throw new Error('there are two');
	for (let again = 0; again < 50; again++) note(first);
	note(second);
	expect(told).toEqual([first, second]);
	now = 3_600_000;
	note(first);
	expect(told).toHaveLength(3);
});
