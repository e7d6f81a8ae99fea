import type { Page } from '@playwright/test';

/** The part of a trace that is read; times are in microseconds. */
interface TraceEvent {
	name: string;
	pid: number;
	tid: number;
	dur?: number;
	/** Time that the thread itself ran: what others on the machine took is not in it. */
	tdur?: number;
	args?: { name?: string };
}

/**
 * The longest task of a page's main thread while work is done, in milliseconds of that thread's own time, by the browser's
 * own trace.
 */
export async function longestTask(page: Page, work: () => Promise<unknown>): Promise<number> {
	const browser = page.context().browser();
	if (!browser) throw new Error('the page has no browser to trace');
	await browser.startTracing(page, { categories: ['toplevel', 'disabled-by-default-devtools.timeline'] });
	await work();
	const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
	const ofThread = ({ pid, tid }: TraceEvent): string => `${pid} ${tid}`;
	const isMain = ({ name, args }: TraceEvent): boolean => name === 'thread_name' && args?.name === 'CrRendererMain';
	const mains = new Set(traceEvents.filter(isMain).map(ofThread));
	const tasks = traceEvents.filter((event) => event.name === 'RunTask' && mains.has(ofThread(event)));
	if (tasks.length === 0) throw new Error('the trace has no task of the page');
	return Math.max(...tasks.map(({ tdur, dur = 0 }) => tdur ?? dur)) / 1_000;
}
