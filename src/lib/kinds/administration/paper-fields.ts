/** What the papers of a vehicle, of a property and of a tax office have alike. */
export const paperFields = {
	title: { type: 'text', label: { en: 'Title', es: 'Título' }, required: true },
	reference: { type: 'text', label: { en: 'Reference', es: 'Referencia' }, tier: 'highly sensitive' },
	date: { type: 'date', label: { en: 'Date', es: 'Fecha' } },
	expires: {
		type: 'date',
		label: { en: 'Due or expires', es: 'Vence o caduca' },
		required: true
	},
	amount: { type: 'money', label: { en: 'Amount', es: 'Importe' } },
	files: { type: 'files', label: { en: 'Files', es: 'Archivos' } }
} as const;

/** How their lists, searches and sheets are alike. */
export const paperLists = {
	title: ['title'],
	list: {
		columns: ['title', 'date', 'expires', 'amount'],
		sort: { by: 'expires' },
		filters: ['expires'],
		card: { detail: ['expires'], end: 'amount' }
	},
	search: ['title', 'amount', 'expires'],
	columns: ['title', 'reference', 'date', 'expires', 'amount'],
	reminders: [
		{
			day: { date: 'expires' },
			coming: { en: 'Due or expires', es: 'Vence o caduca' },
			passed: { en: 'Was due', es: 'Venció' },
			ahead: 45,
			after: 60,
			amount: 'amount'
		}
	]
} as const;
