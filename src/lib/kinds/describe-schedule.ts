import { formatDate } from './dates.ts';
import { languageOf, type Label, type Language } from './label.ts';
import { parseSchedule, weekdays, type ByDay, type Frequency, type Schedule } from './schedule.ts';

const EVERY: Record<Frequency, { one: Label; many: Label }> = {
	DAILY: { one: { en: 'Every day', es: 'Cada día' }, many: { en: 'Every {n} days', es: 'Cada {n} días' } },
	WEEKLY: { one: { en: 'Every week', es: 'Cada semana' }, many: { en: 'Every {n} weeks', es: 'Cada {n} semanas' } },
	MONTHLY: { one: { en: 'Every month', es: 'Cada mes' }, many: { en: 'Every {n} months', es: 'Cada {n} meses' } },
	YEARLY: { one: { en: 'Every year', es: 'Cada año' }, many: { en: 'Every {n} years', es: 'Cada {n} años' } }
};

const ORDINAL: Record<Language, (n: number) => string> = {
	en: (n) => (n === -1 ? 'last' : n < 0 ? `${place(-n)} to last` : place(n)),
	es: (n) => (n === -1 ? 'último' : n < 0 ? `${-n}.º por el final` : `${n}.º`)
};

/**
 * The rule as a sentence: `Every month on the last day, until 31 Dec 2025`. A rule not known here is given as its text.
 * @param locale whose words and dates
 */
export function describeSchedule(rule: string, locale: string): string {
	const schedule = parseSchedule(rule);
	if (schedule === null) return rule;
	const language = languageOf(locale);
	const { one, many } = EVERY[schedule.frequency];
	const every = schedule.interval === 1 ? one[language] : many[language].replace('{n}', String(schedule.interval));
	return [every, ...on(schedule, language, locale)].join(' ') + end(schedule, language, locale);
}

function on({ byDay, byMonthDay }: Schedule, language: Language, locale: string): string[] {
	const days = byDay.map((day) => dayName(day, language, locale));
	const dates = byMonthDay.map((day) => monthDay(day, language));
	const parts: string[] = [];
	if (dates.length > 0) parts.push(`${language === 'es' ? 'el' : 'on the'} ${join(dates, locale)}`);
	if (days.length > 0) parts.push(`${language === 'es' ? 'el' : 'on'} ${join(days, locale)}`);
	return parts;
}

function dayName({ day, nth }: ByDay, language: Language, locale: string): string {
	// 1 January 2024 was a Monday.
	const date = new Date(Date.UTC(2024, 0, 1 + weekdays.indexOf(day)));
	const name = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' }).format(date);
	if (nth === undefined) return name;
	return language === 'es' ? `${ORDINAL.es(nth)} ${name}` : `the ${ORDINAL.en(nth)} ${name}`;
}

function monthDay(day: number, language: Language): string {
	if (language === 'es') return day > 0 ? `día ${day}` : `${ORDINAL.es(day)} día`;
	return day > 0 ? place(day) : `${ORDINAL.en(day)} day`;
}

function end({ count, until }: Schedule, language: Language, locale: string): string {
	if (until !== undefined) return `, ${language === 'es' ? 'hasta el' : 'until'} ${formatDate(until, locale)}`;
	if (count === undefined) return '';
	if (language === 'es') return count === 1 ? ', una vez' : `, ${count} veces`;
	return count === 1 ? ', once' : `, ${count} times`;
}

function join(words: string[], locale: string): string {
	return new Intl.ListFormat(locale, { type: 'conjunction' }).format(words);
}

function place(n: number): string {
	const suffix = { one: 'st', two: 'nd', few: 'rd' }[
		new Intl.PluralRules('en', { type: 'ordinal' }).select(n) as 'one'
	];
	return `${n}${suffix ?? 'th'}`;
}
