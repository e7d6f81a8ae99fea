import { defineKind } from '../define-kind.ts';
import { earlierValues } from './earlier-values.ts';

/** Money that is owed: a mortgage, a loan, a tax. */
export const obligation = defineKind({
	name: 'obligation',
	domain: 'finances',
	version: 1,
	icon: 'scale',
	one: { en: 'Obligation', es: 'Deuda' },
	many: { en: 'Obligations', es: 'Deudas' },
	empty: {
		en: 'No obligations yet. Add a mortgage or a loan: it counts against what you own, and its instalments are told of in time.',
		es: 'Todavía no hay deudas. Añade una hipoteca o un préstamo: resta de lo que tienes y se avisa de sus cuotas.'
	},
	fields: {
		name: { type: 'text', label: { en: 'Name', es: 'Nombre' }, required: true },
		type: {
			type: 'choice',
			label: { en: 'Type', es: 'Tipo' },
			required: true,
			options: [
				{ key: 'mortgage', label: { en: 'Mortgage', es: 'Hipoteca' } },
				{ key: 'loan', label: { en: 'Loan', es: 'Préstamo' } },
				{ key: 'card-debt', label: { en: 'Card debt', es: 'Deuda de tarjeta' } },
				{ key: 'tax', label: { en: 'Tax', es: 'Impuesto' } },
				{ key: 'payable', label: { en: 'Bill to pay', es: 'Factura por pagar' } },
				{ key: 'other', label: { en: 'Other', es: 'Otra' } }
			]
		},
		outstanding: { type: 'money', label: { en: 'Outstanding', es: 'Pendiente' }, required: true },
		outstandingOn: {
			type: 'date',
			label: { en: 'Outstanding as of', es: 'Pendiente a fecha de' },
			initially: 'today',
			stampOf: ['outstanding']
		},
		earlier: earlierValues('outstanding', 'outstandingOn'),
		principal: { type: 'money', label: { en: 'Principal', es: 'Capital inicial' }, currencyOf: 'outstanding' },
		started: { type: 'date', label: { en: 'Since', es: 'Desde' } },
		creditor: { type: 'text', label: { en: 'Creditor', es: 'Acreedor' }, suggest: true },
		rate: {
			type: 'number',
			label: { en: 'Interest rate', es: 'Tipo de interés' },
			units: ['%'],
			min: 0,
			max: 1000
		},
		instalment: { type: 'money', label: { en: 'Instalment', es: 'Cuota' }, currencyOf: 'outstanding' },
		due: { type: 'date', label: { en: 'Next due', es: 'Próximo vencimiento' } },
		schedule: {
			type: 'schedule',
			label: { en: 'Due again', es: 'Vuelve a vencer' },
			start: 'due',
			blank: { en: 'Once', es: 'Una vez' }
		},
		ends: { type: 'date', label: { en: 'Ends', es: 'Termina' }, notBefore: 'started' },
		status: {
			type: 'choice',
			label: { en: 'Status', es: 'Estado' },
			initially: 'open',
			options: [
				{ key: 'open', label: { en: 'Open', es: 'Abierta' } },
				{ key: 'settled', label: { en: 'Settled', es: 'Saldada' } }
			]
		}
	},
	title: ['name'],
	list: {
		columns: ['name', 'type', 'due', 'status', 'outstanding'],
		sort: { by: 'due' },
		filters: ['type', 'status', 'creditor'],
		sum: 'outstanding',
		card: { detail: ['type', 'creditor', 'due'], end: 'outstanding' }
	},
	search: ['name', 'type', 'creditor', 'outstanding'],
	sheet: {
		name: { en: 'Obligations', es: 'Deudas' },
		columns: [
			...(['name', 'type', 'outstanding', 'outstandingOn', 'principal', 'started', 'creditor', 'rate'] as const),
			...(['instalment', 'due', 'schedule', 'ends', 'status'] as const)
		]
	},
	reminders: [
		{
			day: { next: 'due', schedule: 'schedule', ends: 'ends' },
			coming: { en: 'Due', es: 'Vence' },
			passed: { en: 'Overdue', es: 'Vencida' },
			ahead: 30,
			when: { field: 'status', is: ['open', ''] },
			amount: 'instalment',
			done: { label: { en: 'Paid', es: 'Pagado' }, moves: 'next' }
		}
	]
});
