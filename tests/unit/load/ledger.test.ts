import { expect, test } from 'vitest';
import { Ledger } from '../../load/ledger.ts';

const id = 'a';

/** A ledger in which a record went through two revisions. */
function kept(): Ledger {
	const ledger = new Ledger();
	ledger.accept({ id, rev: 1, words: 'first' });
	ledger.accept({ id, rev: 2, words: 'second' });
	return ledger;
}

test('what is found as it was last accepted is right', () => {
	expect(kept().compare([{ id, rev: 2, words: 'second' }])).toEqual([]);
});

test.each([
	['lost', []],
	[
		'twice',
		[
			{ id, rev: 2, words: 'second' },
			{ id, rev: 2, words: 'second' }
		]
	],
	['revision 1', [{ id, rev: 1, words: 'first' }]],
	['revision 2', [{ id, rev: 2, words: 'first' }]],
	[
		'never accepted',
		[
			{ id, rev: 2, words: 'second' },
			{ id: 'b', rev: 1, words: 'x' }
		]
	]
])('a record that is %s is noticed', (words, found) => {
	expect(kept().compare(found).join()).toContain(words);
});

test('a revision that was accepted of two devices is noticed, and one that is missing between', () => {
	const ledger = kept();
	ledger.accept({ id, rev: 2, words: 'of another device' });
	ledger.accept({ id, rev: 4, words: 'fourth' });
	const wrong = ledger.compare([{ id, rev: 4, words: 'fourth' }]).join();
	expect(wrong).toContain('accepted twice');
	expect(wrong).toContain('missing between');
});
