import { currencyOptions } from './currency-options.ts';
import { wallTime } from './dates.ts';
import type { Kind } from './define-kind.ts';

/** What a new record is likely to be about, where and when it is made. */
export interface Circumstances {
	/** `YYYY-MM-DD` */
	readonly today: string;
	/** RFC 3339 */
	readonly now: string;
	/** ISO 4217 code; undefined where nothing says which. */
	readonly currency: string | undefined;
	/** The id of the one record a field of these kinds could refer to; undefined when there are none or several. */
	readonly only: (kinds: readonly string[]) => string | undefined;
}

/** The values a new record starts with: only those its kind says are likely. */
export function emptyValues(kind: Kind, about: Circumstances): Record<string, unknown> {
	const values: Record<string, unknown> = {};
	for (const [key, field] of Object.entries(kind.fields)) {
		if (field.type === 'date' && field.initially === 'today') values[key] = about.today;
		if (field.type === 'date-time' && field.initially === 'now') {
			values[key] = field.floating ? wallTime(about.now) : about.now;
		}
		if (field.type === 'times' && field.initially !== undefined) values[key] = [...field.initially];
		if ((field.type === 'choice' || field.type === 'schedule') && field.initially !== undefined) {
			values[key] = field.initially;
		}
		if (field.type === 'choice' && field.options === currencyOptions && about.currency !== undefined) {
			values[key] = about.currency;
		}
		const only = field.type === 'reference' && field.initially === 'only' ? about.only(field.to) : undefined;
		if (only !== undefined) values[key] = only;
	}
	return values;
}
