import type { KindRecord } from '$lib/kinds/index.ts';

/** The tasks that are not done: those with a day first, the soonest at the top, then the others as they were written. */
export function openTasks<R extends KindRecord>(tasks: readonly R[]): R[] {
	const dueOf = ({ body }: KindRecord): string => (typeof body.values.due === 'string' ? body.values.due : '~');
	return tasks
		.filter(({ body }) => body.values.status !== 'done')
		.sort((a, b) => (dueOf(a) < dueOf(b) ? -1 : dueOf(a) > dueOf(b) ? 1 : 0));
}
