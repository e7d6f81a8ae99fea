import { mayReload } from '$lib/ui/before-reload.ts';
import { ASK_TABS, MAY_RELOAD } from '../../service-worker/tab-answer.ts';
import type { TabAnswer, TabsAnswer } from '../../service-worker/tab-answer.ts';

/** Milliseconds the worker has to ask every tab; each of them has three seconds. */
const PATIENCE = 6000;

/** Has the service worker ask every tab, this one too, whether it may be loaded anew. Never rejects. */
export async function askTabs(worker: ServiceWorker): Promise<TabsAnswer> {
	const { port1, port2 } = new MessageChannel();
	try {
		return await new Promise((resolve) => {
			port1.onmessage = ({ data }) => resolve(data as TabsAnswer);
			setTimeout(() => resolve({ busy: [], silent: true }), PATIENCE);
			worker.postMessage(ASK_TABS, [port2]);
		});
	} finally {
		port1.close();
	}
}

/** Answers for this tab whenever another one has it asked, until the signal says stop. */
export function answerForTab(signal: AbortSignal): void {
	const { serviceWorker } = navigator;
	serviceWorker.addEventListener('message', ({ data, ports }) => data === MAY_RELOAD && void answer(ports[0]), {
		signal
	});
	serviceWorker.startMessages();
}

async function answer(port: MessagePort | undefined): Promise<void> {
	const given: TabAnswer = { may: await mayReload(), title: document.title };
	port?.postMessage(given);
}
