import type { Domain } from '../api/ids.ts';
import type { RecordStore } from '../device/record-store.ts';
import type { ApiClient } from './api-client.ts';
import { EntityCopy } from './entity-copy.ts';
import { noLayers } from './layers.ts';
import type { Layers } from './layers.ts';
import { PushPass } from './push-pass.ts';
import { sealedClient } from './sealed-client.ts';
import { joinSyncTabs } from './tabs.ts';

/** What `pushWaiting` needs. */
export interface PushPorts {
	store: RecordStore;
	client: ApiClient;
	account: string;
	layers?: Layers;
	/** Domains of the entity from which nothing may leave in the clear. */
	sealedOnly?: readonly Domain[];
	signal?: AbortSignal;
	joinTabs?: typeof joinSyncTabs;
}

/**
 * Pushes what waits of an entity that is not open, alone among the tabs; does nothing where nothing waits. Throws
 * ApiError, DeviceError, KeysError, and what held changes back (see PushPass).
 */
export async function pushWaiting(ports: PushPorts, entity: string): Promise<void> {
	const { store, account, layers = noLayers, sealedOnly, signal, joinTabs = joinSyncTabs } = ports;
	const client = sealedClient(ports.client, layers);
	const tabs = joinTabs(account, () => undefined);
	const work = async () => {
		if ((await store.waiting(entity)).length === 0) return;
		const copy = new EntityCopy({ entity, account, store, tabs, now: () => new Date() });
		await copy.read();
		const trouble = await new PushPass(copy, client, { layers, sealedOnly, signal }).run();
		if (trouble) throw trouble;
	};
	try {
		await tabs.alone('sync', work, signal);
	} finally {
		tabs.close();
	}
}
