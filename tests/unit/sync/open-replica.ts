import { MemoryStore } from '../../../src/lib/device/memory-store.ts';
import { Replica } from '../../../src/lib/sync/replica.ts';
import type { LocalRecord, ReplicaOptions } from '../../../src/lib/sync/replica.ts';
import { ENTITY, uuid } from './changes.ts';
import type { ToyServer } from './toy-server.ts';

export const ACCOUNT = uuid(4711);

/** A replica of the toy server's entity; `shown` is what a screen that follows it would show. */
export async function openReplica(
	server: ToyServer,
	options: Partial<ReplicaOptions> = {}
): Promise<{ replica: Replica; shown: Map<string, LocalRecord>; store: MemoryStore }> {
	const store = (options.store as MemoryStore | undefined) ?? new MemoryStore();
	const shown = new Map<string, LocalRecord>();
	const replica = await Replica.open({
		entity: ENTITY,
		domains: ['finances'],
		account: ACCOUNT,
		store,
		client: server.client,
		onRecords: (records) => records.forEach((record) => shown.set(record.id, record)),
		onReset: () => shown.clear(),
		...options
	});
	return { replica, shown, store };
}
