import { afterEach, expect, test, vi } from 'vitest';
import { MemoryStore } from '../../../src/lib/device/memory-store.ts';
import { expense } from './expense.ts';
import { ToyBackend } from './toy-backend.ts';

afterEach(() => vi.unstubAllGlobals());

test('the browser is asked to keep what is saved after the first save, and once on a device', async () => {
	const persist = vi.fn(() => Promise.resolve(false));
	vi.stubGlobal('navigator', { storage: { persist, persisted: () => Promise.resolve(false), estimate: () => ({}) } });
	const backend = new ToyBackend();
	const store = new MemoryStore();
	const here = await backend.device(store);
	expect(persist).not.toHaveBeenCalled();
	await here.save(null, 'finances', expense('bread'));
	await vi.waitFor(() => expect(persist).toHaveBeenCalledTimes(1));
	await here.save(null, 'finances', expense('milk'));
	const again = await backend.device(store);
	await again.save(null, 'finances', expense('cake'));
	expect(await store.readText('persistence-asked')).not.toBeNull();
	expect(persist).toHaveBeenCalledTimes(1);
});
