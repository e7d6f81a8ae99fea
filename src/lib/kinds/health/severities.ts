import type { Option } from '../field.ts';

/** How bad a condition or an allergy is. */
export const severities: readonly Option[] = [
	{ key: 'mild', label: { en: 'Mild', es: 'Leve' } },
	{ key: 'moderate', label: { en: 'Moderate', es: 'Moderada' } },
	{ key: 'severe', label: { en: 'Severe', es: 'Grave' } }
];
