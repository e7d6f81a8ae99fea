import { MAY_RELOAD } from './tab-answer.ts';
import type { TabAnswer, TabsAnswer } from './tab-answer.ts';

/** A page of the app that is open: a Client of the worker. */
export interface Tab {
	postMessage(message: unknown, transfer: MessagePort[]): void;
}

/** Milliseconds a tab has to answer. */
const PATIENCE = 3000;

/**
 * Asks each tab whether it may be loaded anew. Once another version has taken over there is no way back: the files of
 * the old one are gone, and a tab that stays would miss what it has not loaded yet.
 */
export async function askTabs(tabs: readonly Tab[]): Promise<TabsAnswer> {
	const answers = await Promise.all(tabs.map(ask));
	const busy = answers.flatMap((answer) => (answer === null || answer.may ? [] : [answer.title]));
	return { busy, silent: answers.includes(null) };
}

async function ask(tab: Tab): Promise<TabAnswer | null> {
	const { port1, port2 } = new MessageChannel();
	try {
		return await new Promise((resolve) => {
			port1.onmessage = ({ data }) => resolve(data as TabAnswer);
			setTimeout(() => resolve(null), PATIENCE);
			tab.postMessage(MAY_RELOAD, [port2]);
		});
	} finally {
		port1.close();
	}
}
