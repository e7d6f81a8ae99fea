import { currencyOptions } from '../currency-options.ts';
import { defineKind } from '../define-kind.ts';
import { yesOrNo } from '../field.ts';

/** Where money lies: a bank account, a purse, a loan. */
export const account = defineKind({
	name: 'account',
	domain: 'finances',
	version: 1,
	icon: 'landmark',
	one: { en: 'Account', es: 'Cuenta' },
	many: { en: 'Accounts', es: 'Cuentas' },
	empty: {
		en: 'No accounts yet. Add the bank account or the purse you use most; expenses and incomes then say where the money went.',
		es: 'Todavía no hay cuentas. Añade la cuenta o el monedero que más usas; los gastos e ingresos dirán adónde fue el dinero.'
	},
	fields: {
		name: { type: 'text', label: { en: 'Name', es: 'Nombre' }, required: true },
		type: {
			type: 'choice',
			label: { en: 'Type', es: 'Tipo' },
			required: true,
			initially: 'current',
			options: [
				{ key: 'current', label: { en: 'Current', es: 'Corriente' } },
				{ key: 'savings', label: { en: 'Savings', es: 'Ahorro' } },
				{ key: 'cash', label: { en: 'Cash', es: 'Efectivo' } },
				{ key: 'wallet', label: { en: 'Wallet', es: 'Monedero digital' } },
				{ key: 'brokerage', label: { en: 'Brokerage', es: 'Valores' } },
				{ key: 'loan', label: { en: 'Loan', es: 'Préstamo' } },
				{ key: 'other', label: { en: 'Other', es: 'Otra' } }
			]
		},
		currency: { type: 'choice', label: { en: 'Currency', es: 'Moneda' }, required: true, options: currencyOptions },
		institution: { type: 'text', label: { en: 'Institution', es: 'Entidad' }, suggest: true },
		number: { type: 'text', label: { en: 'Number', es: 'Número' }, tier: 'highly sensitive' },
		opening: {
			type: 'money',
			label: { en: 'Opening balance', es: 'Saldo inicial' },
			signed: true,
			currencyOf: 'currency'
		},
		openingOn: {
			type: 'date',
			label: { en: 'Balance as of', es: 'Fecha del saldo' },
			hint: {
				en: 'The balance at the start of this day. Movements before it are not counted again.',
				es: 'El saldo al empezar ese día. Los movimientos anteriores no se cuentan otra vez.'
			}
		},
		archived: { type: 'choice', label: { en: 'Archived', es: 'Archivada' }, options: yesOrNo }
	},
	title: ['name'],
	list: {
		columns: ['name', 'type', 'institution', 'currency', 'opening'],
		sort: { by: 'name' },
		filters: ['type', 'currency', 'archived'],
		card: { detail: ['type', 'institution'], end: 'currency' }
	},
	search: ['name', 'type', 'institution', 'currency'],
	sheet: {
		name: { en: 'Accounts', es: 'Cuentas' },
		columns: ['name', 'type', 'currency', 'institution', 'number', 'opening', 'openingOn', 'archived']
	}
});
