import type { Option } from './field.ts';
import { fold } from './fold.ts';
import { label } from './label.ts';

// Keys are kept in records and never change; a person's own category is kept as the words they wrote.

const option = (key: string, en: string, es: string): Option => ({ key, label: { en, es } });

export const expenseCategories: readonly Option[] = [
	option('groceries', 'Groceries', 'Supermercado'),
	option('eating-out', 'Eating out', 'Bares y restaurantes'),
	option('housing', 'Housing', 'Vivienda'),
	option('utilities', 'Water, power and gas', 'Agua, luz y gas'),
	option('phone-internet', 'Phone and internet', 'Teléfono e internet'),
	option('household', 'Household', 'Hogar'),
	option('transport', 'Public transport', 'Transporte público'),
	option('car', 'Car and fuel', 'Coche y combustible'),
	option('health', 'Health and pharmacy', 'Salud y farmacia'),
	option('insurance', 'Insurance', 'Seguros'),
	option('education', 'Education', 'Educación'),
	option('children', 'Children', 'Hijos'),
	option('pets', 'Pets', 'Mascotas'),
	option('clothing', 'Clothes and shoes', 'Ropa y calzado'),
	option('personal-care', 'Personal care', 'Cuidado personal'),
	option('leisure', 'Leisure and culture', 'Ocio y cultura'),
	option('sport', 'Sport', 'Deporte'),
	option('subscriptions', 'Subscriptions', 'Suscripciones'),
	option('travel', 'Travel', 'Viajes'),
	option('gifts', 'Gifts', 'Regalos'),
	option('donations', 'Donations', 'Donaciones'),
	option('taxes', 'Taxes', 'Impuestos'),
	option('bank-fees', 'Bank fees and interest', 'Comisiones e intereses'),
	option('cash', 'Cash withdrawn', 'Efectivo retirado'),
	option('work', 'Work expenses', 'Gastos de trabajo'),
	option('other-expense', 'Other expense', 'Otro gasto')
];

export const incomeCategories: readonly Option[] = [
	option('salary', 'Salary', 'Nómina'),
	option('self-employment', 'Self-employment', 'Trabajo autónomo'),
	option('pension', 'Pension', 'Pensión'),
	option('benefits', 'Benefits', 'Prestaciones'),
	option('rent', 'Rent received', 'Alquiler cobrado'),
	option('interest', 'Interest', 'Intereses'),
	option('dividends', 'Dividends', 'Dividendos'),
	option('refund', 'Refund', 'Reembolso'),
	option('sale', 'Sale', 'Venta'),
	option('gift-received', 'Gift received', 'Regalo recibido'),
	option('other-income', 'Other income', 'Otro ingreso')
];

const all = [...expenseCategories, ...incomeCategories];

/** A category's name for a person: the label of a key known here, else the words themselves. */
export function categoryLabel(category: string, locale: string): string {
	const known = all.find(({ key }) => key === category);
	return known === undefined ? category : label(known, locale);
}

/**
 * The category to keep for words a person or a file wrote: the key whose label or key they match in either language,
 * else the words, trimmed; null when there are none.
 * @param first options to look among before all categories
 */
export function categoryFrom(text: string, first: readonly Option[] = []): string | null {
	const words = text.trim().replace(/\s+/g, ' ');
	if (words === '') return null;
	const folded = fold(words);
	const names = ({ key, label: { en, es } }: Option): string[] => [key, en, es].map(fold);
	return [...first, ...all].find((each) => names(each).includes(folded))?.key ?? words;
}
