import type { Example } from './health-examples.ts';

const euros = (minor: number) => ({ minor, currency: 'EUR' });

/** One record of each finances kind, as a person would have it. */
export const financeExamples: Record<string, Example> = {
	account: () => ({ name: 'Cuenta nómina de la familia Ribera-Iturriaga', type: 'current', currency: 'EUR' }),
	expense: (account) => ({ date: '2026-02-12', amount: euros(6345), payee: 'Mercadona Colón', account }),
	income: (account) => ({ date: '2026-02-27', amount: euros(185_000), payer: 'Empresa SL', account }),
	transfer: (account, savings) => ({ date: '2026-02-01', amount: euros(5000), from: account, to: savings }),
	'recurring-payment': () => ({
		name: 'Internet',
		amount: euros(3990),
		schedule: 'FREQ=MONTHLY',
		next: '2026-12-01'
	}),
	'category-rule': () => ({ when: 'mercadona', category: 'groceries' }),
	card: (account) => ({
		name: 'Visa de casa',
		type: 'credit',
		network: 'Visa',
		account,
		limit: euros(300_000),
		dueDay: { value: 5, unit: '' },
		expires: '2028-03-31'
	}),
	obligation: () => ({
		name: 'Hipoteca de la calle Mayor',
		type: 'mortgage',
		outstanding: euros(9_850_000),
		outstandingOn: '2026-02-01',
		earlier: [{ on: '2025-02-01', value: euros(10_400_000) }],
		creditor: 'Banco del Norte',
		rate: { value: 2.35, unit: '%' },
		instalment: euros(61_240),
		due: '2026-03-01',
		schedule: 'FREQ=MONTHLY',
		status: 'open'
	}),
	asset: () => ({ name: 'Piso de la calle Mayor', type: 'property', value: euros(21_000_000), valuedOn: '2026-01-01' }),
	'savings-goal': (_account, savings) => ({
		name: 'Viaje a Japón',
		target: euros(600_000),
		saved: euros(145_000),
		savedOn: '2026-02-01',
		account: savings,
		deadline: '2027-04-01'
	}),
	investment: () => ({
		instrument: 'Fondo indexado mundial',
		quantity: { value: 118.4372, unit: '' },
		symbol: 'IE00B4L5Y983',
		unitPrice: euros(9_412),
		pricedOn: '2026-02-20'
	}),
	budget: () => ({ category: 'groceries', amount: euros(45_000), period: 'one-month', month: '2026-02-01' }),
	'exchange-rate': () => ({ from: 'USD', to: 'EUR', rate: { value: 0.9187, unit: '' }, on: '2026-02-02' }),
	'financial-document': () => ({ title: 'Extracto de febrero', type: 'statement', date: '2026-03-01' })
};
