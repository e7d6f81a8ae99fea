import { today, type Clock } from '../kinds/index.ts';

/** What the device's clock says where it is. */
export function deviceClock(): Clock {
	return { today: today(), now: new Date().toISOString() };
}
