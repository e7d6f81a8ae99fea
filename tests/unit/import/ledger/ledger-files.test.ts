import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Movement } from '../../../../src/lib/import/movement.ts';
import type { More } from './ledger-fixtures.ts';
import { datedOf, expectationOf, fixtureBytes, fixtureNames, readFile } from './ledger-fixtures.ts';

test('there are files of both formats to read', () => {
	expect(fixtureNames().filter((name) => /\.[oq]fx$/.test(name)).length).toBeGreaterThanOrEqual(8);
	expect(fixtureNames().filter((name) => name.endsWith('.qif')).length).toBeGreaterThanOrEqual(6);
});

test.for(fixtureNames())('%s is read as was written down by hand', (name) => {
	const expected = expectationOf(name);
	const unasked = readFile(fixtureBytes(name), expected.currency);
	expect(unasked.read.questions).toEqual(expected.questions);
	const { ledger, read } = readFile(fixtureBytes(name), expected.currency, expected.answers);
	expect(read.questions).toEqual([]);
	expect(ledger.encoding).toBe(expected.encoding);
	expect(ledger.unreadable).toEqual([]);
	expect(ledger.leftOut.map(({ line, reason }) => [line, reason])).toEqual(expected.leftOut);
	expect(ledger.accounts).toHaveLength(expected.accounts.length);
	for (const [index, own] of expected.accounts.entries()) {
		const { name, type, number, currency } = ledger.accounts[index] ?? {};
		expect({ name, type, number, currency }).toEqual({
			name: own.name,
			type: own.type,
			number: own.number,
			currency: own.currency
		});
		const account = read.accounts[index];
		expect(account?.reading.movements.map(rowOf)).toEqual(own.rows);
		expect(account?.reading.problems.map(({ line, code }) => [line, code])).toEqual(own.problems);
		expect(account?.reading.leftOut.map(({ line, reason }) => [line, reason]).sort()).toEqual(own.leftOut);
		expect(datedOf(account?.balance ?? null)).toEqual(own.balance);
		expect(datedOf(account?.opening ?? null)).toEqual(own.opening);
	}
});

function rowOf(movement: Movement) {
	const { line, date, money, payee, notes, bankId, parts, ...rest } = movement;
	const more: More = { ...rest };
	if (parts) more.parts = parts.map((part) => [part.minor, part.category]);
	return [line, date, money.minor, money.currency, payee, notes, bankId, more];
}

// ARCA_SAMPLES names a folder of further statements, which may be real ones and are never part of the project.
const folder = process.env.ARCA_SAMPLES;
if (folder !== undefined) {
	test('further ledgers are read without losing an entry', () => {
		const inside = readdirSync(folder, { recursive: true, encoding: 'utf8' });
		const files = inside.filter((name) => /\.(?:ofx|qfx|qif)$/i.test(name));
		expect(files.length, 'the folder holds ledgers').toBeGreaterThan(0);
		for (const name of files) {
			const bytes = readFileSync(join(folder, name));
			const { ledger, read } = readFile(bytes);
			const all = read.accounts.flatMap(({ reading }) => [
				...reading.movements,
				...reading.problems,
				...reading.leftOut
			]);
			expect(all.length, name).toBeGreaterThan(0);
			// Counted again in the plainest way there is.
			const text = new TextDecoder('latin1').decode(bytes);
			const entries = /\.qif$/i.test(name) ? text.match(/^\s*D/gm) : text.match(/<STMTTRN>/gi);
			if (ledger.leftOut.length === 0) expect(all.length, name).toBe(entries?.length);
		}
		console.log(`read ${files.length} further ledgers`);
	});
}
