import { AccountDatabase } from './account-database.ts';
import { asDeviceError, keepsNothing } from './as-device-error.ts';
import { deviceKey } from './device-key.ts';

/**
 * The device key of an account, from which the key is derived that wraps the account key here.
 * @param account the account's id, a lower-case UUID
 * @returns an HKDF key that cannot be exported; null where the browser keeps nothing for this page
 * @throws DeviceError where the database could not be opened this time
 */
export async function openDeviceKey(account: string): Promise<CryptoKey | null> {
	let database: AccountDatabase | null = null;
	try {
		database = await AccountDatabase.open(account);
		return await deviceKey(database);
	} catch (error) {
		if (keepsNothing(error)) return null;
		throw asDeviceError(error);
	} finally {
		database?.close();
	}
}
