import { DeviceError } from './device-error.ts';
import type { DeviceErrorCode } from './device-error.ts';

/** Names of a browser's or of Dexie's errors that mean one of our codes. */
const codes = new Map<unknown, DeviceErrorCode>([
	['QuotaExceededError', 'device/full'],
	['DatabaseClosedError', 'device/closed'],
	['InvalidStateError', 'device/closed']
]);

/**
 * What a failure of the database means; the error itself where it is none of the database's.
 * @param error anything thrown
 */
export function asDeviceError(error: unknown): unknown {
	const names = namesWithin(error);
	if (!names) return error;
	const known = names.find((name) => codes.has(name));
	return new DeviceError(codes.get(known) ?? 'device/unavailable', { cause: error });
}

/** Whether the browser keeps nothing for this page: no database at all, not this time, or none that takes a key. */
export function keepsNothing(error: unknown): boolean {
	const refusals = ['MissingAPIError', 'SecurityError', 'InvalidStateError', 'DataCloneError'];
	return namesWithin(error)?.some((name) => refusals.includes(name)) ?? false;
}

/**
 * The names of an error of the database and of what caused it: an aborted transaction carries its reason inside, a bulk
 * write those of its rows. Null for an error of another kind.
 */
function namesWithin(error: unknown): string[] | null {
	if (error instanceof DOMException) return [error.name];
	if (!(error instanceof Error) || !('inner' in error || 'failures' in error)) return null;
	const { inner, failures } = error as { inner?: unknown; failures?: unknown[] };
	return [error.name, ...[inner, ...(failures ?? [])].flatMap((within) => namesWithin(within) ?? [])];
}
