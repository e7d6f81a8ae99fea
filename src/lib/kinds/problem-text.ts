import { digitsOf } from './currency.ts';
import { label, type Label } from './label.ts';
import { formatMoney } from './money.ts';
import type { Problem, ProblemCode } from './problem.ts';

// What a person reads beside the field: what is wrong and what to do. `{…}` stands for the problem's detail.
const SENTENCES: Readonly<Record<ProblemCode, Label>> = {
	required: { en: 'Fill this in.', es: 'Rellena este campo.' },
	text: { en: 'Write this as text.', es: 'Escríbelo como texto.' },
	'too-long': { en: 'Use at most {longest} characters.', es: 'Usa como mucho {longest} caracteres.' },
	date: { en: 'Write a whole date that exists.', es: 'Escribe una fecha completa que exista.' },
	'date-order': { en: 'Choose a date that is not earlier.', es: 'Elige una fecha que no sea anterior.' },
	'date-time': { en: 'Write a date and a time.', es: 'Escribe una fecha y una hora.' },
	money: { en: 'Write an amount, such as {example}.', es: 'Escribe un importe, como {example}.' },
	'money-empty': { en: 'Write an amount, such as {example}.', es: 'Escribe un importe, como {example}.' },
	'money-format': {
		en: 'This is not an amount. Write it like {example}.',
		es: 'Esto no es un importe. Escríbelo como {example}.'
	},
	'money-decimals': {
		en: 'Too many decimals for this currency. Write it like {example}.',
		es: 'Demasiados decimales para esta moneda. Escríbelo como {example}.'
	},
	'money-too-large': { en: 'This amount is too large to keep.', es: 'Este importe es demasiado grande.' },
	currency: { en: 'Choose the right currency.', es: 'Elige la moneda correcta.' },
	negative: { en: 'Write the amount without a minus sign.', es: 'Escribe el importe sin el signo menos.' },
	number: { en: 'Write a number.', es: 'Escribe un número.' },
	'too-small': { en: 'Write a number of at least {min}.', es: 'Escribe un número de al menos {min}.' },
	'too-big': { en: 'Write a number of at most {max}.', es: 'Escribe un número de como mucho {max}.' },
	unit: { en: 'Choose a unit.', es: 'Elige una unidad.' },
	pair: { en: 'Write both numbers.', es: 'Escribe los dos números.' },
	times: { en: 'Write each time once, such as 08:00.', es: 'Escribe cada hora una vez, como 08:00.' },
	choice: { en: 'Choose one of the list.', es: 'Elige una opción de la lista.' },
	tags: { en: 'Write each tag once.', es: 'Escribe cada etiqueta una sola vez.' },
	schedule: { en: 'Say how often it repeats.', es: 'Indica cada cuánto se repite.' },
	reference: { en: 'Choose one of the list.', es: 'Elige una opción de la lista.' },
	'same-reference': { en: 'Choose two different ones.', es: 'Elige dos distintas.' },
	files: { en: 'Choose the files again.', es: 'Vuelve a elegir los archivos.' },
	rows: { en: 'Write the parts again.', es: 'Vuelve a escribir las partes.' },
	'too-many': { en: 'Keep at most {most} of them.', es: 'Deja como mucho {most}.' },
	sum: { en: 'The parts must add up to the amount: {gap}.', es: 'Las partes deben sumar el importe: {gap}.' },
	body: { en: 'This record cannot be read.', es: 'Este registro no se puede leer.' }
};

const OVER: Label = { en: '{money} too much', es: 'sobran {money}' };
const SHORT: Label = { en: '{money} missing', es: 'faltan {money}' };

/**
 * The sentence for a problem.
 * @param currency what the amount was to be in, for the example in its sentence
 */
export function problemText({ code, detail = {} }: Problem, locale: string, currency = 'EUR'): string {
	return label(SENTENCES[code], locale).replace(/\{(\w+)\}/g, (_, name: string) => {
		if (name === 'example') return example(locale, String(detail.currency ?? currency));
		if (name === 'gap') return gap(String(detail.over ?? '0'), String(detail.currency ?? currency), locale);
		return String(detail[name] ?? '');
	});
}

function example(locale: string, currency: string): string {
	const digits = digitsOf(currency);
	const format = new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits });
	return format.format(12.5);
}

function gap(over: string, currency: string, locale: string): string {
	const minor = Number(over);
	const money = Number.isSafeInteger(minor) ? formatMoney({ minor: Math.abs(minor), currency }, locale) : '…';
	return label(minor > 0 ? OVER : SHORT, locale).replace('{money}', money);
}
