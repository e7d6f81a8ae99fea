import { label, type Label } from './label.ts';

// A unit is kept as its UCUM code (https://ucum.org), or as a plain word where there is none. This is how each is written.

const plain = (text: string): Label => ({ en: text, es: text });

const WRITTEN: Readonly<Record<string, Label>> = {
	'[lb_av]': plain('lb'),
	'[in_i]': plain('in'),
	'mm[Hg]': plain('mmHg'),
	Cel: plain('°C'),
	'[degF]': plain('°F'),
	'/min': { en: 'bpm', es: 'lpm' },
	ug: plain('µg'),
	'[iU]': { en: 'IU', es: 'UI' },
	d: { en: 'days', es: 'días' },
	wk: { en: 'weeks', es: 'semanas' },
	mo: { en: 'months', es: 'meses' },
	step: { en: 'steps', es: 'pasos' },
	tablet: { en: 'tablets', es: 'comprimidos' },
	capsule: { en: 'capsules', es: 'cápsulas' },
	drop: { en: 'drops', es: 'gotas' },
	puff: { en: 'puffs', es: 'inhalaciones' },
	sachet: { en: 'sachets', es: 'sobres' },
	patch: { en: 'patches', es: 'parches' },
	dose: { en: 'doses', es: 'dosis' }
};

const ONE: Readonly<Record<string, Label>> = {
	d: { en: 'day', es: 'día' },
	wk: { en: 'week', es: 'semana' },
	mo: { en: 'month', es: 'mes' },
	step: { en: 'step', es: 'paso' },
	tablet: { en: 'tablet', es: 'comprimido' },
	capsule: { en: 'capsule', es: 'cápsula' },
	drop: { en: 'drop', es: 'gota' },
	puff: { en: 'puff', es: 'inhalación' },
	sachet: { en: 'sachet', es: 'sobre' },
	patch: { en: 'patch', es: 'parche' },
	dose: { en: 'dose', es: 'dosis' }
};

/** How a unit is written beside a number; one not listed here is its own name. */
export function unitName(unit: string, locale: string, value?: number): string {
	const words = (value === 1 ? ONE[unit] : undefined) ?? WRITTEN[unit];
	return words === undefined ? unit : label(words, locale);
}

/** Of one family, by how much one of each unit is in the family's first: `first = number * factor + shift`. */
type Family = Readonly<Record<string, { readonly factor: number; readonly shift?: number }>>;

/** International pound and inch (1959); one mmol of glucose is 180.156 mg. */
const FAMILIES: readonly Family[] = [
	{ kg: { factor: 1 }, '[lb_av]': { factor: 0.45359237 } },
	{ cm: { factor: 1 }, '[in_i]': { factor: 2.54 }, m: { factor: 100 } },
	{ Cel: { factor: 1 }, '[degF]': { factor: 5 / 9, shift: -160 / 9 } },
	{ 'mmol/L': { factor: 1 }, 'mg/dL': { factor: 1 / 18.0156 } }
];

/**
 * A number in another unit; null where the two do not measure the same.
 * @param from UCUM code of the number's unit
 * @param to UCUM code of the unit wanted
 */
export function convert(value: number, from: string, to: string): number | null {
	if (from === to) return value;
	const family = FAMILIES.find((each) => each[from] !== undefined && each[to] !== undefined);
	const [a, b] = [family?.[from], family?.[to]];
	if (a === undefined || b === undefined) return null;
	return (value * a.factor + (a.shift ?? 0) - (b.shift ?? 0)) / b.factor;
}

/** Where people measure in other units than the first of a list. */
const USUAL: readonly { regions: readonly string[]; units: readonly string[] }[] = [
	{ regions: ['US'], units: ['[lb_av]', '[in_i]', '[degF]', 'mg/dL'] },
	{ regions: ['GB', 'IE', 'CA', 'AU', 'NZ', 'ZA', 'SE', 'NO', 'DK', 'FI', 'NL', 'CH'], units: ['mmol/L'] }
];

/** The unit of a list that people of a locale's region are used to. */
export function usualUnit(units: readonly string[], locale: string): string {
	const { region } = new Intl.Locale(locale);
	const usual = USUAL.find(({ regions }) => region !== undefined && regions.includes(region))?.units ?? [];
	return units.find((unit) => usual.includes(unit)) ?? units[0] ?? '';
}
