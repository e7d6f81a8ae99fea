import type { SealedTexts } from './sealed-texts.ts';

/** After how many minutes without use the vault locks itself; what a person may choose, and what holds until they do. */
export const LOCK_MINUTES = { least: 1, most: 60, usual: 5 } as const;

const NAME = 'lock/minutes';

/** The choice kept on this device. Never rejects: without a readable one the usual holds. */
export async function readLockMinutes(texts: Pick<SealedTexts, 'read'>): Promise<number> {
	const kept = Number(await texts.read(NAME).catch(() => null));
	return isAllowed(kept) ? kept : LOCK_MINUTES.usual;
}

/** Keeps the choice. Throws DeviceError, VaultError `vault/closed`, and RangeError for what nobody may choose. */
export async function writeLockMinutes(texts: Pick<SealedTexts, 'write'>, minutes: number): Promise<void> {
	if (!isAllowed(minutes)) throw new RangeError(`not between 1 and 60 minutes: ${minutes}`);
	await texts.write(NAME, String(minutes));
}

function isAllowed(minutes: number): boolean {
	return Number.isInteger(minutes) && minutes >= LOCK_MINUTES.least && minutes <= LOCK_MINUTES.most;
}
