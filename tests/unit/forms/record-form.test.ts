import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Change } from '../../../src/lib/api/record.ts';
import { keptDrafts } from '../../../src/lib/forms/kept-drafts.ts';
import { RecordForm } from '../../../src/lib/forms/record-form.svelte.ts';
import { kindOf, type Kind, type RecordBody } from '../../../src/lib/kinds/index.ts';
import type { OpenRecord } from '../../../src/lib/vault/open-record.ts';
import type { SaveOutcome } from '../../../src/lib/vault/save-outcome.ts';
import { vault } from '../../../src/lib/vault/vault.svelte.ts';

const rule = kindOf('category-rule') as Kind;
const ID = '0190a0b0-0000-7000-8000-000000000001';
const PLACE = 'home/category-rule/new';
const change = (plain: RecordBody): Change => ({ change: ID, id: ID, domain: 'finances', base: '0', plain });
const save = vi.spyOn(vault, 'save');

beforeEach(() => {
	vault.belongTo('ana');
	save.mockReset();
});
afterEach(() => {
	vault.belongTo(null);
});

/** A new rule that was typed, sent and not answered. */
async function unanswered(): Promise<{ form: RecordForm; sent: Change }> {
	const form = new RecordForm('home', rule, undefined, 'en');
	form.draft = { ...form.draft, when: 'kiosk', category: 'Leisure' };
	form.remember();
	let sent: Change | undefined;
	save.mockImplementationOnce((_, __, body) => {
		sent = change(body);
		vault.unsent.keep('home', [sent]);
		return Promise.resolve({ status: 'unsent', id: ID, code: 'sync/unreachable' });
	});
	await form.save();
	if (!sent) throw new Error('nothing was sent');
	return { form, sent };
}

function land(sent: Change): void {
	vault.unsent.landed(sent, '1');
	vault.unsent.drop([sent.id]);
}

test('a new record that landed in the background is no draft any longer', async () => {
	const { sent } = await unanswered();
	expect(keptDrafts.get(PLACE)).toMatchObject({ id: ID });
	land(sent);
	expect(keptDrafts.get(PLACE)).toBeUndefined();
	expect(new RecordForm('home', rule, undefined, 'en').resumed).toBe(false);
	expect(vault.unsent.count).toBe(0);
});

test('what was typed on after that try is kept, and is saved as the same record', async () => {
	const { form, sent } = await unanswered();
	form.draft = { ...form.draft, when: 'kiosk sol' };
	form.remember();
	land(sent);
	const again = new RecordForm('home', rule, undefined, 'en');
	expect(again.resumed).toBe(true);
	save.mockResolvedValueOnce({ status: 'saved', id: ID, record: {} as OpenRecord } satisfies SaveOutcome);
	await again.save();
	expect(save.mock.lastCall).toMatchObject([ID, 'finances', { values: { when: 'kiosk sol' } }, '0']);
	expect(vault.unsent.baseOf(ID, '0')).toBe('1');
});

test('a form left open hears that its record has arrived', async () => {
	const { form, sent } = await unanswered();
	expect(form.caughtUp()).toBeUndefined();
	expect(form.trouble).toMatchObject({ status: 'unsent' });
	const there = { id: ID } as OpenRecord;
	const record = vi.spyOn(vault, 'record').mockReturnValue(there);
	land(sent);
	expect(form.caughtUp()).toBe(there);
	expect(form.trouble).toBeUndefined();
	record.mockRestore();
});

test('one whose try was turned away does not take that for saved', async () => {
	const { form, sent } = await unanswered();
	vault.unsent.turnAway('home', sent, { status: 'refused', id: ID, reason: 'over-quota', detail: '' });
	expect(form.caughtUp()).toBeUndefined();
	expect(keptDrafts.get(PLACE)).toBeDefined();
	vault.unsent.giveUp(ID);
	expect(keptDrafts.get(PLACE)).toBeUndefined();
});

test('discarding takes back what waits, and the next new record is another one', async () => {
	const { form } = await unanswered();
	const withdraw = vi.spyOn(vault, 'withdraw').mockResolvedValue('withdrawn');
	expect(await form.discard()).toBe('withdrawn');
	expect(withdraw).toHaveBeenCalledWith(ID);
	withdraw.mockClear();
	expect(await form.discard()).toBe('nothing');
	expect(withdraw).not.toHaveBeenCalled();
	withdraw.mockRestore();
});

test('nothing typed by one person is there for the next', async () => {
	await unanswered();
	vault.belongTo('ben');
	expect(keptDrafts.get(PLACE)).toBeUndefined();
	expect(vault.unsent.count).toBe(0);
});
