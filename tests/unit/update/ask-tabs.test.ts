import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { askTabs } from '../../../src/service-worker/ask-tabs.ts';
import type { Tab } from '../../../src/service-worker/ask-tabs.ts';
import { MAY_RELOAD } from '../../../src/service-worker/tab-answer.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout'] }));
afterEach(() => void vi.useRealTimers());

const open = (title: string, may: boolean): Tab => ({
	postMessage: (message, [port]) => message === MAY_RELOAD && port?.postMessage({ may, title })
});
const asleep: Tab = { postMessage: () => undefined };

test('tabs that would lose nothing all agree', async () => {
	expect(await askTabs([open('Home', true), open('Settings', true)])).toEqual({ busy: [], silent: false });
});

test('a tab that would lose something is named, whatever the others say', async () => {
	const tabs = [open('Home', true), open('Import', false)];
	expect(await askTabs(tabs)).toEqual({ busy: ['Import'], silent: false });
});

test('a tab that says nothing has not agreed', async () => {
	const asked = askTabs([open('Home', true), asleep]);
	await vi.advanceTimersByTimeAsync(3000);
	expect(await asked).toEqual({ busy: [], silent: true });
});
