import { AccountDatabase } from './account-database.ts';
import { asDeviceError, keepsNothing } from './as-device-error.ts';
import { cacheKey, deviceKey } from './device-key.ts';
import { DeviceError } from './device-error.ts';
import { DeviceSeal } from './device-seal.ts';
import { DiskParts } from './disk-parts.ts';
import { DiskStore } from './disk-store.ts';
import { MemoryStore } from './memory-store.ts';
import type { RecordStore } from './record-store.ts';

/**
 * Opens what an account keeps on this device; in memory (`lasting` is false) where the browser keeps nothing.
 * @param account the account's id, a lower-case UUID
 * @throws DeviceError `device/newer` where a newer app wrote the database, which stays as it is; `device/full` and
 * `device/unavailable` where it could not be opened this time
 */
export async function openRecordStore(account: string): Promise<RecordStore> {
	let database: AccountDatabase | null = null;
	try {
		database = await AccountDatabase.open(account);
		if (database.newer) throw new DeviceError('device/newer');
		const key = await cacheKey(await deviceKey(database));
		return new DiskStore(database, new DeviceSeal(key), new DiskParts(database, key));
	} catch (error) {
		database?.close();
		if (keepsNothing(error)) return new MemoryStore();
		throw asDeviceError(error);
	}
}
