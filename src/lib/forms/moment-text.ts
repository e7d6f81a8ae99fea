/**
 * A moment as a person reads it: the time alone for one of today, else day and time.
 * @param at RFC 3339
 */
export function momentText(at: string, locale: string, now = new Date()): string {
	const moment = new Date(at);
	if (Number.isNaN(moment.getTime())) return '';
	const today = moment.toDateString() === now.toDateString();
	const style: Intl.DateTimeFormatOptions = today
		? { timeStyle: 'short' }
		: { dateStyle: 'medium', timeStyle: 'short' };
	return new Intl.DateTimeFormat(locale, style).format(moment);
}
