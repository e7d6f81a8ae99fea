/**
 * The values of a record to look at, by the ids of two accounts and of the record of another kind in the same domain that
 * was written before.
 */
export type Example = (account: string, savings: string, of: (kind: string) => string) => Record<string, unknown>;

const today = new Date().toISOString().slice(0, 10);

/** One record of each health kind, as a person would have it. */
export const healthExamples: Record<string, Example> = {
	'body-metric': () => ({
		metric: 'blood-pressure',
		value: { value: 124, second: 79, unit: 'mm[Hg]' },
		measuredAt: `${today}T07:30:00Z`,
		context: 'on-waking'
	}),
	condition: () => ({ name: 'Migraña con aura', status: 'active', severity: 'moderate', onset: '2019-04-01' }),
	episode: (_account, _savings, of) => ({
		condition: of('condition'),
		started: `${today}T05:00:00Z`,
		intensity: { value: 7, unit: '' },
		symptoms: ['Náuseas', 'Fotofobia'],
		triggers: ['Falta de sueño']
	}),
	medication: (_account, _savings, of) => ({
		name: 'Propranolol Normon 40 mg',
		substance: 'Propranolol',
		condition: of('condition'),
		form: 'tablet',
		dose: { value: 1, unit: 'tablet' },
		schedule: 'FREQ=DAILY',
		times: ['08:00', '20:00'],
		started: '2026-01-01',
		status: 'active',
		stock: { value: 6, unit: 'tablet' },
		countedAt: `${today}T00:00`
	}),
	'medication-intake': (_account, _savings, of) => ({
		medication: of('medication'),
		plannedAt: `${today}T08:00`,
		status: 'taken',
		dose: { value: 1, unit: 'tablet' }
	}),
	prescription: (_account, _savings, of) => ({
		issuedOn: '2026-01-10',
		prescriber: 'Dra. Inés Pardo',
		condition: of('condition'),
		medications: [of('medication')],
		validUntil: '2027-01-10',
		refills: { value: 3, unit: '' }
	}),
	'medical-event': (_account, _savings, of) => ({
		type: 'appointment',
		date: '2026-12-03',
		title: 'Revisión de neurología',
		provider: 'Hospital Clínico',
		condition: of('condition')
	}),
	'health-document': (_account, _savings, of) => ({
		title: 'Resonancia magnética cerebral',
		type: 'imaging',
		date: '2026-02-03',
		provider: 'Hospital Clínico',
		condition: of('condition')
	}),
	allergy: () => ({ substance: 'Penicilina', reaction: 'Urticaria', severity: 'severe' }),
	'emergency-card': (_account, _savings, of) => ({
		bloodGroup: '0-',
		allergies: [of('allergy')],
		conditions: [of('condition')],
		medications: [of('medication')],
		contacts: [{ name: 'Marta Ribera', phone: '+34 600 123 456' }]
	}),
	note: () => ({ title: 'Preguntas para la consulta', text: '¿Puedo bajar la dosis?\n¿Cada cuánto la analítica?' })
};
