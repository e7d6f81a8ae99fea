/** The stable codes of this folder; the person's sentence lives with the screen. */
export type DeviceErrorCode = 'device/full' | 'device/closed' | 'device/locked' | 'device/newer' | 'device/unavailable';

/**
 * Why this device could not keep or give something.
 *
 * - `device/full`: there is no room, even after room was made; nothing of what was to be written is there.
 * - `device/closed`: the store was let go of: by `close`, or since another tab signed out or brought a newer app.
 * - `device/locked`: it is sealed under the user's own keys, and they are not open on this page.
 * - `device/newer`: the database was written by a newer app than this page runs. Nothing is lost; a reload brings it.
 * - `device/unavailable`: the browser failed to read or write, for a reason of its own (`cause`).
 */
export class DeviceError extends Error {
	readonly code: DeviceErrorCode;

	constructor(code: DeviceErrorCode, options?: ErrorOptions) {
		super(code, options);
		this.name = 'DeviceError';
		this.code = code;
	}
}
