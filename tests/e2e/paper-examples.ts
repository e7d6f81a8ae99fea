import type { Example } from './health-examples.ts';

const euros = (minor: number) => ({ minor, currency: 'EUR' });
/** The day in so many days. */
const day = (ahead: number) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);

/** One record of each kind of papers, as a person would have it. */
export const paperExamples: Record<string, Example> = {
	'identity-document': () => ({
		type: 'passport',
		number: 'XDD123456',
		issuer: 'Comisaría de Gijón',
		issued: '2017-05-02',
		expires: day(52)
	}),
	contract: () => ({
		name: 'Alquiler de la plaza de garaje',
		party: 'Garajes Cimavilla',
		type: 'lease',
		ends: day(70),
		notice: { value: 1, unit: 'mo' },
		renews: 'yes',
		amount: euros(9_000)
	}),
	'insurance-policy': () => ({
		insurer: 'Seguros del Cantábrico',
		type: 'home',
		number: '77-1234567',
		covers: 'Continente y contenido',
		premium: euros(28_450),
		schedule: 'FREQ=YEARLY',
		started: '2021-06-15',
		ends: day(200)
	}),
	warranty: () => ({
		item: 'Lavadora Bosch',
		seller: 'Electro Sur',
		boughtOn: '2024-01-10',
		price: euros(54_900),
		ends: day(9)
	}),
	'vehicle-paper': () => ({ title: 'ITV del coche', reference: '1234-KLM', expires: day(21), amount: euros(4_480) }),
	'property-paper': () => ({ title: 'Impuesto de bienes inmuebles', expires: day(-3), amount: euros(38_112) }),
	'tax-filing': () => ({ title: 'Renta 2025', expires: day(40), status: 'to-file' }),
	task: (_account, _savings, of) => ({
		title: 'Pedir cita para renovar el pasaporte',
		due: day(1),
		status: 'open',
		about: of('identity-document')
	}),
	contact: () => ({
		name: 'Marta Ribera Iturriaga',
		role: 'accountant',
		phone: '+34 600 123 456',
		email: 'marta@example.org'
	})
};
