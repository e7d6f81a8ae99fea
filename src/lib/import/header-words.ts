import { hasPhrase, wordsOf } from './words.ts';

/** What a column of a statement can be. */
export type Role =
	| 'date'
	| 'amount'
	| 'debit'
	| 'credit'
	| 'sign'
	| 'fee'
	| 'balance'
	| 'currency'
	| 'state'
	| 'bankId'
	| 'payee'
	| 'payer'
	| 'notes';

// Headers as `wordsOf` writes them, the most telling first; English, Spanish, German, French, Portuguese, Italian,
// Dutch, then others. Those after `|` are told by their whole header alone: inside another they mean nothing.
const texts: Readonly<Record<Role, string>> = {
	date: `transaction date, date of transaction, booking date, booked date, fecha operacion, fecha de operacion,
		f operacion, fecha de la operacion, buchungstag, buchungsdatum, buchung, datum buchung, belegdatum,
		date operation, date de l operation, date d operation, data operazione, data movimento, data do movimento, data mov,
		data lancamento, data operacji, boekdatum, transactiedatum, transaktionsdatum, bokforingsdag, date, fecha, datum,
		data, dato, posting date, posted date, post date, date posted, fecha contable, f contable, data contabile,
		date comptable, completed date, date completed, date finished, fecha de finalizacion, fecha de inicio,
		abschlussdatum, started date, created on, tranzakcio datuma, konyveles datuma, datum provedeni, datum zauctovani, data ksiegowania, tarih, fecha valor, f valor, value date, valutadatum, wertstellung, valuta,
		date valeur, date de valeur, data valuta, data valor, rentedatum | day, dia, tag, jour, time, timestamp, created`,
	amount: `net amount, transaction amount, amount, betrag, importe, monto, montant, importo, bedrag, belopp, belob,
		kwota, umsatz, quantia, cantidad, valor operacion, buchungsbetrag,
		osszeg, osszege, castka, kwota operacji, tutar | net, netto, neto, net amt, valor, value, total amount,
		gross, brutto, bruto, montante, movimento, amt, sum, summe, total, importe total`,
	debit: `debit amount, debits, debit, withdrawal, withdrawals, withdrawal amt, paid out, money out, amount debited, soll,
		belastung, lastschrift, ausgaben, ausgang, cargo, cargos, adeudo, debe, retiro, retiros, egreso, egresos, gastos,
		debito, debitos, addebito, addebiti, uscite, uscita, saida, saidas, outflow, obciazenia
		| out, dare, af, uit, spent, payments, depenses, gasto, debet`,
	credit: `credit amount, credits, credit, deposit, deposits, deposit amt, paid in, money in, amount credited, haben,
		gutschrift, einnahmen, eingang, abono, abonos, haber, ingreso, ingresos, deposito, depositos, credito, creditos,
		accredito, accrediti, entrate, entrata, entrada, entradas, inflow, uznania
		| in, avere, bij, received, receipts, recettes, kredit`,
	sign: `debit credit, credit debit, debit or credit, dr cr, cr dr, soll haben, af bij, debe haber, cargo abono,
		credit debit indicator, debit credit indicator, money in out, richtung, direction
		| type, transaction type, dc, d c, s h, sh, cd, sign, tipo, sens, segno, natureza, kennzeichen, indicator, in out,
		tipo de movimiento, tipo movimiento, details, art, cdtdbtind, vorzeichen`,
	fee: `| fee, fees, fee amount, total fees, gebuhr, gebuehr, gebuhren, entgelt, comision, comisiones, tarifa, frais,
		commission, commissione, commissioni, comissao, kosten, charges`,
	balance: `running balance, balance, account balance, available balance, saldo, kontostand, solde, disponible,
		saldo disponible, saldo contabile, egyenleg, zustatek, bakiye, stand na mutatie, saldo nach buchung, saldo po operacji`,
	currency: `| currency, currency code, account currency, transaction currency, ccy, wahrung, waehrung, divisa, moneda,
		devise, moeda, divise, valuta, munt, waluta, buchungswahrung,
		devizanem, tranzakcio devizaneme, mena, mena uctu`,
	state: `| state, status, transaction status, estado, estatus, statut, etat, stato, situacao, info, buchungsstatus`,
	bankId: `transaction id, transaction reference, reference number, bank reference, transaction number, unique id,
		transferwise id, transaktionscode, transaktions id, referenznummer, buchungsreferenz, codigo de transaccion,
		id de transaccion, numero de operacion, n operacion, numero de movimiento, reference operation,
		numero operation, identificador, transactiereferentie, id transazione
		| id, fitid, reference, ref, referenz, referencia, uuid, identifiant, numero, no`,
	payee: `payee name, payee, merchant name, merchant, counterparty name, counter party, counterparty, partner name,
		beneficiary name, recipient, beguenstigter zahlungspflichtiger, begunstigter zahlungspflichtiger,
		auftraggeber empfanger, auftraggeber empfaenger, auftraggeber begunstigter, empfanger zahlungspflichtiger,
		name zahlungsbeteiligter, zahlungsempfanger in, zahlungsempfanger, zahlungsempfaenger, empfanger, empfaenger,
		begunstigter, nombre del beneficiario, beneficiario, ordenante beneficiario, comercio, establecimiento,
		contraparte, destinatario, nom du tiers, contrepartie, beneficiaire, controparte, tegenpartij, naam tegenpartij,
		naam omschrijving, mottagare, odbiorca, nazwa kontrahenta,
		partner neve, nazev protiuctu, beskrivning, aciklama, transaktionsbeschreibung, transaction description, description, narrative, transaction details,
		particulars, concepto, descripcion, libelle simplifie, libelle operation, libelle, intitule, descrizione operazione,
		descrizione, causale, descricao, historico, omschrijving, verwendungszweck, buchungstext, opis, movimiento
		| name, nombre, nom, nome, naam, title, titel, tiers, text, tekst, details, detalle, detalles, designation, lancamento,
		memo, label, partner, comerciante, store, vendor, to name`,
	payer: `zahlungspflichtige r, zahlungspflichtiger, auftraggeber, ordenante, payer name, payer, donneur d ordre,
		ordinante, sender | from name`,
	notes: `payment reference, notes, note, memo, remarks, comment, comments, verwendungszweck, observaciones, comentario,
		comentarios, mas datos, informations complementaires, information complementaire, commentaire, mededelingen,
		note operazione, observacoes, anmerkung, notiz, message, description, concepto, descripcion, libelle,
		descrizione, buchungstext, movimiento, omschrijving, additional information, betreff, kozlemeny, zprava, tytul
		| details, detalle, reference, referencia, referenz, subject, asunto, concept, info, tag, tags, text`
};

interface RoleWords {
	anywhere: readonly string[];
	whole: readonly string[];
}
const words = new Map<Role, RoleWords>();
for (const [role, text] of Object.entries(texts) as [Role, string][]) {
	const [anywhere = '', whole = ''] = text.split('|');
	words.set(role, { anywhere: list(anywhere), whole: list(whole) });
}

function list(text: string): string[] {
	return text
		.split(',')
		.map((word) => word.trim().replace(/\s+/g, ' '))
		.filter((word) => word !== '');
}

// Amounts and currencies of the shop's side, not of the account's.
const FOREIGN =
	/\b(?:foreign|original|local|fremd|extranjer|origen|estrangeir|source|target|ursprung|oorspr|puvodni|etrang)/;

/** Whether a header speaks of the other side's money: what was paid abroad, before it was exchanged. */
export function isForeign(header: string): boolean {
	return FOREIGN.test(wordsOf(header));
}

/** From this score on a header is the words of a role, and not only contains them. */
export const EXACT = 100;

/**
 * How well a header names a role: 0 not at all; below 100 a header that contains its words; from 100 one that is
 * its words, the more telling the higher.
 */
export function headerScore(header: string, role: Role): number {
	const bare = wordsOf(header);
	const known = words.get(role);
	if (bare === '' || known === undefined || bare.length > 60) return 0;
	const all = [...known.anywhere, ...known.whole];
	const unit = bare
		.replace(/ (?:eur|euro|usd|gbp|chf|inr|mxn|brl|sek|nok|dkk|pln|cad|aud|r|in|en)$/g, '')
		.replace(/ (?:in|en)$/, '');
	const exact = Math.max(all.indexOf(bare), all.indexOf(unit));
	if (exact >= 0) return 200 - exact / 2;
	const inside = known.anywhere.findIndex((phrase) => hasPhrase(bare, phrase));
	if (inside < 0) return 0;
	return Math.max(1, 90 - inside / 2 - (isForeign(bare) ? 40 : 0));
}

/** Whether a header names any role. */
export function namesAnyRole(header: string): boolean {
	return [...words.keys()].some((role) => headerScore(header, role) > 0);
}
