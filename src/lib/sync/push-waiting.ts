import type { RecordStore } from '../device/record-store.ts';
import type { ApiClient } from './api-client.ts';
import { EntityCopy } from './entity-copy.ts';
import { PushPass } from './push-pass.ts';
import { joinSyncTabs } from './tabs.ts';

/** What `pushWaiting` needs. */
export interface PushPorts {
	store: RecordStore;
	client: ApiClient;
	account: string;
	signal?: AbortSignal;
	joinTabs?: typeof joinSyncTabs;
}

/**
 * Pushes what waits of an entity that is not open, alone among the tabs; does nothing where nothing waits. Throws
 * ApiError, DeviceError.
 */
export async function pushWaiting(ports: PushPorts, entity: string): Promise<void> {
	const { store, client, account, signal, joinTabs = joinSyncTabs } = ports;
	const tabs = joinTabs(account, () => undefined);
	const work = async () => {
		if ((await store.waiting(entity)).length === 0) return;
		const copy = new EntityCopy({ entity, account, store, tabs, now: () => new Date() });
		await copy.read();
		await new PushPass(copy, client, signal).run();
	};
	try {
		await tabs.alone('sync', work, signal);
	} finally {
		tabs.close();
	}
}
