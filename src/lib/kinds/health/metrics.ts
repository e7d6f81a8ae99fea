import type { NumberRange, Option } from '../field.ts';

/** What people measure about a body, and how. */
export interface Metric extends NumberRange, Option {
	/** The usual range of an adult, in `unit`; two for a metric of two numbers. */
	readonly band?: { readonly unit: string; readonly ranges: readonly (readonly [low: number, high: number])[] };
}

/**
 * Bounds are what can be at all, in whatever unit: they catch a slip of the finger. Bands: blood pressure, "normal" of
 * ESC/ESH 2018 and above low (90/60); pulse at rest, AHA; fasting glucose, ADA; body temperature and oxygen saturation,
 * NHS; sleep, National Sleep Foundation.
 */
export const metrics: readonly Metric[] = [
	{ key: 'weight', label: { en: 'Weight', es: 'Peso' }, units: ['kg', '[lb_av]'], min: 0, max: 1500 },
	{ key: 'height', label: { en: 'Height', es: 'Altura' }, units: ['cm', '[in_i]'], min: 10, max: 280 },
	{
		key: 'blood-pressure',
		label: { en: 'Blood pressure', es: 'Presión arterial' },
		units: ['mm[Hg]'],
		min: 20,
		max: 350,
		pair: [
			{ en: 'Systolic', es: 'Sistólica' },
			{ en: 'Diastolic', es: 'Diastólica' }
		],
		band: {
			unit: 'mm[Hg]',
			ranges: [
				[90, 129],
				[60, 84]
			]
		}
	},
	{
		key: 'heart-rate',
		label: { en: 'Heart rate', es: 'Frecuencia cardíaca' },
		units: ['/min'],
		min: 10,
		max: 350,
		band: { unit: '/min', ranges: [[60, 100]] }
	},
	{
		key: 'glucose',
		label: { en: 'Glucose', es: 'Glucosa' },
		units: ['mg/dL', 'mmol/L'],
		min: 0,
		max: 2000,
		band: { unit: 'mg/dL', ranges: [[70, 99]] }
	},
	{
		key: 'temperature',
		label: { en: 'Temperature', es: 'Temperatura' },
		units: ['Cel', '[degF]'],
		min: 20,
		max: 120,
		band: { unit: 'Cel', ranges: [[36.1, 37.2]] }
	},
	{
		key: 'oxygen-saturation',
		label: { en: 'Oxygen saturation', es: 'Saturación de oxígeno' },
		units: ['%'],
		min: 20,
		max: 100,
		band: { unit: '%', ranges: [[95, 100]] }
	},
	{ key: 'waist', label: { en: 'Waist', es: 'Cintura' }, units: ['cm', '[in_i]'], min: 5, max: 400 },
	{
		key: 'sleep',
		label: { en: 'Sleep', es: 'Sueño' },
		units: ['h'],
		min: 0,
		max: 24,
		band: { unit: 'h', ranges: [[7, 9]] }
	},
	{ key: 'steps', label: { en: 'Steps', es: 'Pasos' }, units: ['step'], min: 0, max: 200_000 },
	{
		key: 'other',
		label: { en: 'Other', es: 'Otra' },
		units: ['', '%', 'cm', 'kg', 'mmol/L', 'mg/dL', 'g/dL', 'g/L', 'ug/L', 'mL', 'L/min', '/min', 'U/L', 'min', 'h']
	}
];

/** The body mass index, kg/m2, is worked out and never typed; its band is the WHO's for adults. */
export const bmi: Metric = {
	key: 'bmi',
	label: { en: 'Body mass index', es: 'Índice de masa corporal' },
	units: ['kg/m2'],
	band: { unit: 'kg/m2', ranges: [[18.5, 24.9]] }
};
