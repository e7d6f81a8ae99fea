import type { RosterMark } from './accept-rosters.ts';

/** Whether one mark of an entity's chain is of a later roster than the other. */
export function isNewerMark(one: RosterMark, other: RosterMark): boolean {
	return one.epoch === other.epoch ? one.counter > other.counter : one.epoch > other.epoch;
}
