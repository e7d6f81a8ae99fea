import { toast } from 'svelte-sonner';
import { refusalText } from '$lib/forms/refusal-text.ts';
import { doneBody, formatDate, isDate, label, type Kind, type Reminder } from '$lib/kinds/index.ts';
import type { OpenRecord } from '$lib/vault/open-record.ts';
import { vault } from '$lib/vault/vault.svelte.ts';
import { m } from '$messages';

/**
 * Sees to a reminder, saves the record and says what became of it.
 * @param name what the record is called: its row may be gone by then
 */
export async function doReminder(
	record: OpenRecord,
	kind: Kind,
	reminder: Reminder,
	name: string,
	locale: string
): Promise<void> {
	try {
		const body = doneBody(kind, reminder, record.body, new Date().toISOString());
		const outcome = await vault.save(record.id, record.domain, body, record.body);
		const next = 'next' in reminder.day ? body.values[reminder.day.next] : undefined;
		if (outcome.status !== 'saved') toast.error(refusalText(outcome.reason));
		else if (isDate(next)) toast.success(m.due_done_next({ name, date: formatDate(next, locale) }));
		else if ('next' in reminder.day) toast.success(m.due_done_last({ name }));
		else toast.success(m.due_done({ done: reminder.done ? label(reminder.done, locale) : '', name }));
	} catch {
		toast.error(refusalText('failed'));
	}
}
