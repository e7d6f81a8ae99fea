import { expenseCategories, incomeCategories } from '../categories.ts';
import { defineKind } from '../define-kind.ts';

/** Gives movements without a category one, by the words in their payee or note. */
export const categoryRule = defineKind({
	name: 'category-rule',
	domain: 'finances',
	version: 1,
	icon: 'tags',
	one: { en: 'Category rule', es: 'Regla de categoría' },
	many: { en: 'Category rules', es: 'Reglas de categoría' },
	empty: {
		en: 'No category rules yet. Add one with a shop you often pay, and imports sort themselves.',
		es: 'Todavía no hay reglas. Añade una con una tienda en la que pagues a menudo y los extractos se ordenarán solos.'
	},
	fields: {
		when: {
			type: 'text',
			label: { en: 'When payee or note has', es: 'Cuando el beneficiario o la nota contiene' },
			required: true,
			hint: {
				en: 'Capitals and accents do not matter.',
				es: 'No importan las mayúsculas ni las tildes.'
			}
		},
		category: {
			type: 'choice',
			label: { en: 'Category', es: 'Categoría' },
			required: true,
			options: [...expenseCategories, ...incomeCategories],
			open: true
		}
	},
	title: ['when'],
	list: {
		columns: ['when', 'category'],
		sort: { by: 'when' },
		filters: ['category'],
		card: { detail: ['category'] }
	},
	search: ['when', 'category'],
	sheet: { name: { en: 'Category rules', es: 'Reglas de categoría' }, columns: ['when', 'category'] }
});
