import { unitName } from './units.ts';

/** A number with its unit; two of them where the thing measured has two, as blood pressure has. */
export interface Measure {
	readonly value: number;
	readonly second?: number;
	/** A UCUM code or a plain word; `''` for a plain number. */
	readonly unit: string;
}

/** Whether a value has the shape of a measure, without a word on whether its unit is known. */
export function isMeasure(value: unknown): value is Measure {
	if (typeof value !== 'object' || value === null || !('value' in value) || !('unit' in value)) return false;
	const second = 'second' in value ? value.second : 0;
	return Number.isFinite(value.value) && Number.isFinite(second) && typeof value.unit === 'string';
}

const formats = new Map<string, Intl.NumberFormat>();

/** The measure as the locale writes it: `71.5 kg`, `120/80 mmHg`, `98 %`. */
export function formatMeasure({ value, second, unit }: Measure, locale: string): string {
	const number = formatNumber(value, locale) + (second === undefined ? '' : `/${formatNumber(second, locale)}`);
	const name = unitName(unit, locale, second === undefined ? value : undefined);
	return name === '' ? number : `${number} ${name}`;
}

/** A number as the locale writes it, with as many decimals as it has, up to `digits`. */
export function formatNumber(value: number, locale: string, digits = 6): string {
	const key = `${locale} ${digits}`;
	let format = formats.get(key);
	if (format === undefined)
		formats.set(key, (format = new Intl.NumberFormat(locale, { maximumFractionDigits: digits })));
	return format.format(value);
}
