import type { Kind } from './define-kind.ts';

/** What the clock says where the person is: a date `YYYY-MM-DD` and a moment in RFC 3339. */
export interface Clock {
	readonly today: string;
	readonly now: string;
}

/** The values a new record starts with: only those its kind says are likely. */
export function emptyValues(kind: Kind, clock: Clock): Record<string, unknown> {
	const values: Record<string, unknown> = {};
	for (const [key, field] of Object.entries(kind.fields)) {
		if (field.type === 'date' && field.initially === 'today') values[key] = clock.today;
		if (field.type === 'date-time' && field.initially === 'now') values[key] = clock.now;
		if (field.type === 'choice' && field.initially !== undefined) values[key] = field.initially;
	}
	return values;
}
