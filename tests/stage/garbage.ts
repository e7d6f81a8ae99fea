import type { CDPSession, Page } from '@playwright/test';

/** How to have a page and its workers, which live in its process with a heap each, let go of what they no longer use. */
export async function garbageOf(page: Page): Promise<() => Promise<void>> {
	const tab = await page.context().newCDPSession(page);
	const workers = await attachWorkers(tab);
	return async () => {
		await tab.send('HeapProfiler.collectGarbage');
		for (const collect of workers) await collect();
	};
}

async function attachWorkers(tab: CDPSession): Promise<(() => Promise<void>)[]> {
	const sessions: string[] = [];
	const answered = new Map<string, () => void>();
	tab.on('Target.attachedToTarget', ({ sessionId }) => sessions.push(sessionId));
	tab.on('Target.receivedMessageFromTarget', ({ sessionId }) => answered.get(sessionId)?.());
	// Those that are there already are told of before this answers.
	await tab.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });
	const message = JSON.stringify({ id: 1, method: 'HeapProfiler.collectGarbage' });
	return sessions.map((sessionId) => async () => {
		const { promise, resolve } = Promise.withResolvers<void>();
		answered.set(sessionId, resolve);
		await tab.send('Target.sendMessageToTarget', { sessionId, message });
		await promise;
	});
}
