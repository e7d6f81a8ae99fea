/** Days a deleted record stays in the bin, and a replaced body among the earlier versions. The database's sweep decides. */
export const BIN_DAYS = 30;

const DAY = 86_400_000;

/**
 * Days until a record in the bin goes for good, begun ones counted: 0 once it is due.
 * @param writtenAt when the revision that deleted it was written, RFC 3339
 */
export function daysLeft(writtenAt: string, now: Date): number {
	const due = Date.parse(writtenAt) + BIN_DAYS * DAY;
	return Number.isNaN(due) ? BIN_DAYS : Math.min(BIN_DAYS, Math.max(0, Math.ceil((due - now.getTime()) / DAY)));
}
