import { tick } from 'svelte';
import type { RecordForm } from './record-form.svelte.ts';

/** Puts the focus on the control of the first thing that is wrong, once it is drawn. */
export async function focusProblem(form: RecordForm, element: HTMLElement | undefined): Promise<void> {
	await tick();
	const path = form.problems[0]?.field;
	const place = path === undefined ? null : element?.querySelector(`[data-path="${CSS.escape(path)}"]`);
	place?.querySelector<HTMLElement>('input, select, textarea, [role=spinbutton], button')?.focus();
}
