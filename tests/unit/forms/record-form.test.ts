import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DeviceError } from '../../../src/lib/device/device-error.ts';
import { keptDrafts } from '../../../src/lib/forms/kept-drafts.ts';
import { RecordForm } from '../../../src/lib/forms/record-form.svelte.ts';
import { kindOf, today, type Kind, type RecordBody } from '../../../src/lib/kinds/index.ts';
import { openRecord, type OpenRecord } from '../../../src/lib/vault/open-record.ts';
import { vault } from '../../../src/lib/vault/vault.svelte.ts';
import { row } from '../sync/changes.ts';

const rule = kindOf('category-rule') as Kind;
const save = vi.spyOn(vault, 'save');
const saved = (id: string) => ({ status: 'saved' as const, id, record: { id } as OpenRecord });

beforeEach(() => {
	vault.belongTo('00000000-0000-4000-8000-0000000000aa');
	save.mockReset();
});
afterEach(() => vault.belongTo(null));

const open = (record?: OpenRecord) => RecordForm.open('home', rule, record, 'en');

function known(values: Record<string, unknown>, meta: Record<string, unknown> = {}): OpenRecord {
	const plain = { kind: 'category-rule', version: 1, values, meta: { at: '2026-01-01T00:00:00.000Z', ...meta } };
	return openRecord(row(1, { plain }));
}

function type(form: RecordForm, values: Record<string, string>): void {
	form.draft = { ...form.draft, ...values };
	form.remember();
}

test('what was typed and not saved is there when the form is opened again, with its time', async () => {
	type(await open(), { when: 'kiosk' });
	const again = await open();
	expect(again.draft.when).toBe('kiosk');
	expect(Date.parse(again.keptAt ?? '')).toBeGreaterThan(0);
});

test('a new record keeps its id over a reload, so that it is never made twice', async () => {
	type(await open(), { when: 'kiosk', category: 'Leisure' });
	save.mockImplementation((id) => Promise.resolve(saved(id ?? '')));
	const [first, second] = [await open(), await open()];
	await first.save();
	await second.save();
	expect(save.mock.calls[0]?.[0]).toBe(save.mock.calls[1]?.[0]);
});

test('a saved draft, a discarded one and one that says nothing new are gone', async () => {
	const form = await open();
	type(form, { when: 'kiosk', category: 'Leisure' });
	save.mockResolvedValueOnce(saved('x'));
	await form.save();
	expect((await open()).keptAt).toBeUndefined();
	type(form, { when: 'other' });
	form.discard();
	expect((await open()).keptAt).toBeUndefined();
	type(form, { when: 'other' });
	type(form, { when: '' });
	expect((await open()).keptAt).toBeUndefined();
});

test('a draft is saved over the body it began from, however the record has changed since', async () => {
	const before = known({ when: 'kiosk', category: 'leisure' });
	type(await open(before), { when: 'kiosk sol' });
	const again = await open(known({ when: 'kiosk', category: 'groceries' }));
	save.mockResolvedValueOnce(saved(before.id));
	await again.save();
	const [id, , body, from] = save.mock.lastCall as [string, string, RecordBody, RecordBody];
	expect([id, body.values.when, from]).toEqual([before.id, 'kiosk sol', before.body]);
});

test('a field with two values is settled by picking one or by typing another, and only then', async () => {
	const conflicts = { when: [{ value: 'theirs', at: '2026-01-02T00:00:00.000Z' }] };
	const record = known({ when: 'mine', category: 'leisure' }, { conflicts });
	save.mockResolvedValue(saved(record.id));
	const bodyAfter = async (act: (form: RecordForm) => void) => {
		const form = await open(record);
		act(form);
		await form.save();
		return save.mock.lastCall?.[2];
	};
	const untouched = await bodyAfter((form) => type(form, { category: 'Groceries' }));
	expect(untouched?.meta.conflicts).toEqual(conflicts);
	const picked = await bodyAfter((form) => form.pick('when', 'theirs'));
	expect([picked?.values.when, picked?.meta]).toEqual(['theirs', expect.not.objectContaining({ conflicts })]);
	const kept = await bodyAfter((form) => form.pick('when', 'mine'));
	expect([kept?.values.when, kept?.meta.conflicts]).toEqual(['mine', undefined]);
	const third = await bodyAfter((form) => type(form, { when: 'third' }));
	expect([third?.values.when, third?.meta.conflicts]).toEqual(['third', undefined]);
});

test('what could not be kept is said, and stays typed', async () => {
	const form = await open();
	type(form, { when: 'kiosk', category: 'Leisure' });
	save.mockResolvedValueOnce({ status: 'refused', reason: 'device-full' });
	expect(await form.save()).toBeUndefined();
	expect([form.trouble, form.draft.when]).toEqual(['device-full', 'kiosk']);
});

test('where the browser keeps nothing, leaving the page is warned about while there is a draft', async () => {
	const form = await open();
	await vi.waitFor(() => expect(vault.sync.lasting).toBe(false));
	type(form, { when: 'kiosk' });
	await keptDrafts.settled();
	expect(vault.unsavedCount).toBe(1);
	form.discard();
	await keptDrafts.settled();
	expect(vault.unsavedCount).toBe(0);
});

test('what is typed while the vault is locked waits in memory, and is written once it is unlocked', async () => {
	const form = await open();
	const write = vi.spyOn(vault.texts, 'write').mockRejectedValue(new DeviceError('device/locked'));
	type(form, { when: 'kiosk' });
	type(form, { when: 'kiosk at the corner' });
	await keptDrafts.settled();
	expect(vault.unsavedCount).toBe(1);
	write.mockRestore();
	expect((await open()).draft.when).toBe('kiosk at the corner');
});

test('nothing typed by one person is there for the next', async () => {
	type(await open(), { when: 'kiosk' });
	vault.belongTo('00000000-0000-4000-8000-0000000000bb');
	expect((await open()).keptAt).toBeUndefined();
	expect(vault.unsavedCount).toBe(0);
});

test('a value that is changed is as of today, unless the person says of which day', () => {
	const asset = new RecordForm('home', kindOf('asset') as Kind, known({ name: 'Home', valuedOn: '2024-01-01' }), 'en');
	asset.edited('name');
	expect(asset.draft.valuedOn).toBe('2024-01-01');
	asset.edited('value');
	expect(asset.draft.valuedOn).toBe(today());
	asset.draft.valuedOn = '2024-06-01';
	asset.edited('value');
	expect(asset.draft.valuedOn).toBe('2024-06-01');
});
