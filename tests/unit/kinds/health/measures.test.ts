import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
	bodyMassIndex,
	checkBody,
	convert,
	displayValue,
	formatMeasure,
	kindOf,
	metricSeries,
	usualUnit,
	type Field,
	type KindRecord
} from '../../../../src/lib/kinds/index.ts';
import { body, record } from '../a-body.ts';

const measured = (metric: string, value: unknown, day: string, more: Record<string, unknown> = {}): KindRecord =>
	record('body-metric', { metric, value, measuredAt: `${day}T08:00:00Z`, ...more });
const pairs = [
	['kg', '[lb_av]'],
	['cm', '[in_i]'],
	['Cel', '[degF]'],
	['mmol/L', 'mg/dL']
] as const;

test.each(pairs)('%s and %s turn into each other and back', (a, b) => {
	fc.assert(
		fc.property(fc.double({ min: -100, max: 2000, noNaN: true }), (value) => {
			const there = convert(value, a, b);
			expect(convert(there ?? NaN, b, a)).toBeCloseTo(value, 6);
		})
	);
});

test('known values convert to known values, and what is not of a kind does not', () => {
	expect(convert(1, '[lb_av]', 'kg')).toBe(0.45359237);
	expect(convert(1, '[in_i]', 'cm')).toBe(2.54);
	expect(convert(98.6, '[degF]', 'Cel')).toBeCloseTo(37, 9);
	expect(convert(-40, 'Cel', '[degF]')).toBeCloseTo(-40, 9);
	expect(convert(5.5, 'mmol/L', 'mg/dL')).toBeCloseTo(99.1, 1);
	expect(convert(1, 'kg', 'cm')).toBeNull();
	expect(convert(1, 'tablet', 'mg')).toBeNull();
	expect(convert(3, 'tablet', 'tablet')).toBe(3);
});

test('units are the usual ones of where a person is', () => {
	expect(usualUnit(['kg', '[lb_av]'], 'en-US')).toBe('[lb_av]');
	expect(usualUnit(['kg', '[lb_av]'], 'es-ES')).toBe('kg');
	expect(usualUnit(['mg/dL', 'mmol/L'], 'en-GB')).toBe('mmol/L');
	expect(usualUnit(['mg/dL', 'mmol/L'], 'es-MX')).toBe('mg/dL');
	expect(usualUnit(['Cel', '[degF]'], 'en')).toBe('Cel');
});

test('a measure is written with its unit as people write it', () => {
	expect(formatMeasure({ value: 71.5, unit: 'kg' }, 'es')).toBe('71,5 kg');
	expect(formatMeasure({ value: 120, second: 80, unit: 'mm[Hg]' }, 'en')).toBe('120/80 mmHg');
	expect(formatMeasure({ value: 1, unit: 'tablet' }, 'es')).toBe('1 comprimido');
	expect(formatMeasure({ value: 2, unit: 'tablet' }, 'en')).toBe('2 tablets');
	expect(formatMeasure({ value: 5, unit: '' }, 'en')).toBe('5');
	const intensity = kindOf('episode')?.fields.intensity as Field;
	expect(displayValue(intensity, { value: 7, unit: '' }, { locale: 'en', nameOf: () => undefined })).toBe('7/10');
});

test('a measurement takes the numbers and units of its metric and no others', () => {
	const problems = (metric: string, value: unknown, more: Record<string, unknown> = {}) =>
		checkBody(body('body-metric', { metric, value, measuredAt: '2026-03-10T08:00:00Z', ...more })).problems.map(
			({ field, code }) => `${field} ${code}`
		);
	expect(problems('weight', { value: 71.5, unit: 'kg' })).toEqual([]);
	expect(problems('weight', { value: 71.5, unit: 'mm[Hg]' })).toEqual(['value unit']);
	expect(problems('weight', { value: 71.5, second: 3, unit: 'kg' })).toEqual(['value pair']);
	expect(problems('blood-pressure', { value: 120, second: 80, unit: 'mm[Hg]' })).toEqual([]);
	expect(problems('blood-pressure', { value: 120, unit: 'mm[Hg]' })).toEqual(['value pair']);
	expect(problems('blood-pressure', { value: 120, second: 8, unit: 'mm[Hg]' })).toEqual(['value too-small']);
	expect(problems('oxygen-saturation', { value: 101, unit: '%' })).toEqual(['value too-big']);
	expect(problems('other', { value: 3, unit: 'mmol/L' })).toEqual(['name required']);
	expect(problems('other', { value: 3, unit: 'mmol/L' }, { name: 'Potassium' })).toEqual([]);
	expect(problems('weight', undefined)).toEqual(['value required']);
});

test('the body mass index is weight by height squared, in whatever units', () => {
	expect(bodyMassIndex({ value: 70, unit: 'kg' }, { value: 175, unit: 'cm' })).toBeCloseTo(22.86, 2);
	expect(bodyMassIndex({ value: 154.324, unit: '[lb_av]' }, { value: 68.8976, unit: '[in_i]' })).toBeCloseTo(22.86, 2);
	expect(bodyMassIndex({ value: 70, unit: 'kg' }, { value: 0, unit: 'cm' })).toBeNull();
	expect(bodyMassIndex({ value: 70, unit: 'kg' }, { value: 1, unit: 'kg' })).toBeNull();
});

test('series are in the unit used last, oldest first, and the index follows the height that was known then', () => {
	const series = metricSeries([
		measured('weight', { value: 154.324, unit: '[lb_av]' }, '2026-03-02'),
		measured('weight', { value: 72, unit: 'kg' }, '2026-03-05'),
		measured('height', { value: 170, unit: 'cm' }, '2026-03-03'),
		measured('height', { value: 180, unit: 'cm' }, '2026-03-05'),
		measured('weight', 'heavy', '2026-03-06'),
		measured('mood', { value: 1, unit: '' }, '2026-03-06')
	]);
	expect(series.map(({ key }) => key)).toEqual(['weight', 'height', 'bmi']);
	expect(series[0]?.unit).toBe('kg');
	expect(series[0]?.points.map(({ measure }) => Math.round(measure.value * 10) / 10)).toEqual([70, 72]);
	expect(series[2]?.points.map(({ measure }) => Math.round(measure.value * 10) / 10)).toEqual([24.2, 22.2]);
});

test('what people name themselves has a series for each name', () => {
	const series = metricSeries([
		measured('other', { value: 4, unit: 'mmol/L' }, '2026-03-02', { name: 'Potassium' }),
		measured('other', { value: 14, unit: 'g/dL' }, '2026-03-02', { name: 'Haemoglobin' }),
		measured('other', { value: 5, unit: 'mmol/L' }, '2026-03-03', { name: 'Potassium' })
	]);
	expect(series.map(({ name, points }) => [name, points.length])).toEqual([
		['Potassium', 2],
		['Haemoglobin', 1]
	]);
});
