import { hasPhrase, startsWithPhrase, wordsOf } from './words.ts';

// Fixed words that banks put into cells, as `wordsOf` writes them; English, Spanish, German, French, Portuguese,
// Italian, Dutch and the codes of ISO 20022.

const OUT = new Set(
	(
		'd db dr dt dbit debit debits debito debitos debet debe soll s belastung lastschrift cargo adeudo af uit out ' +
		'withdrawal sent outgoing outflow addebito dare uscita uscite saida egreso gasto retiro expense sortie'
	).split(' ')
)
	.add('money out')
	.add('paid out');
const IN = new Set(
	(
		'c cr ct crdt credit credits credito creditos kredit haben h gutschrift abono haber bij in deposit received ' +
		'incoming inflow accredito avere entrata entrate entrada ingreso income entree'
	).split(' ')
)
	.add('money in')
	.add('paid in');

/** Which way a word beside an amount says the money went; null where it does not say. */
export function directionOf(text: string): 'out' | 'in' | null {
	const bare = text.trim();
	if (/^[-\u2212\u2013]$/.test(bare)) return 'out';
	if (bare === '+') return 'in';
	const words = wordsOf(bare);
	if (OUT.has(words)) return 'out';
	return IN.has(words) ? 'in' : null;
}

const BOOKED = [
	'completed complete booked posted settled cleared paid processed success successful done executed final',
	'completado completada completo realizado realizada contabilizado ejecutado ejecutada liquidado pagado procesado',
	'gebucht abgeschlossen erledigt ausgefuhrt ausgefuehrt bezahlt',
	'termine terminee effectue effectuee comptabilise execute valide',
	'concluido concluida efetivado efetuado pago liquidado completato completata contabilizzato eseguito eseguita verwerkt'
]
	.join(' ')
	.split(' ');
const NOT_BOOKED = [
	'pending processing scheduled authorised authorized authorisation authorization hold held reverted reversed',
	'declined failed cancelled canceled denied rejected expired refused voided void unclaimed removed',
	'pendiente retenido anulado anulada cancelado cancelada rechazado rechazada revertido fallido denegado caducado',
	'vorgemerkt ausstehend offen abgelehnt storniert fehlgeschlagen abgebrochen',
	'attente annule annulee refuse refusee echoue rejete pendente recusado agendado estornado',
	'sospeso annullato annullata rifiutato rifiutata fallito geweigerd geannuleerd'
]
	.join(' ')
	.split(' ');

/** Whether a state says that the movement took place; null where the word is not known. */
export function isBooked(text: string): boolean | null {
	const words = wordsOf(text);
	if (NOT_BOOKED.some((word) => hasPhrase(words, word))) return false;
	return BOOKED.some((word) => hasPhrase(words, word)) ? true : null;
}

const BALANCE_PHRASES = [
	'opening balance',
	'closing balance',
	'beginning balance',
	'ending balance',
	'balance brought forward',
	'balance carried forward',
	'previous balance',
	'start balance',
	'end balance',
	'saldo inicial',
	'saldo final',
	'saldo anterior',
	'saldo do dia',
	'saldo a fecha',
	'saldo iniziale',
	'saldo finale',
	'anfangssaldo',
	'endsaldo',
	'schlusssaldo',
	'alter saldo',
	'neuer saldo',
	'saldovortrag',
	'kontostand',
	'solde initial',
	'solde final',
	'ancien solde',
	'nouveau solde',
	'beginsaldo',
	'eindsaldo',
	'slotsaldo'
];
const TOTAL_WORDS = [
	'total',
	'totals',
	'totales',
	'totaux',
	'subtotal',
	'sum',
	'summe',
	'gesamt',
	'gesamtsumme',
	'gesamtbetrag',
	'zwischensumme',
	'suma',
	'soma',
	'somme',
	'totale',
	'totali',
	'totaal',
	'saldo',
	'solde',
	'balance',
	'umsatzsumme'
];

/** Whether a text names a balance and not a movement (`Beginning balance as of 01/01/2024`). */
export function namesBalance(text: string): boolean {
	const words = wordsOf(text);
	return BALANCE_PHRASES.some((phrase) => startsWithPhrase(words, phrase) && words.length <= phrase.length + 24);
}

/**
 * Whether a text begins like a line of totals. Shops are called so too (Total, Total Wine): it decides only where
 * a row has no date.
 */
export function namesTotal(text: string): boolean {
	const words = wordsOf(text);
	return TOTAL_WORDS.some((word) => startsWithPhrase(words, word)) || namesBalance(text);
}
