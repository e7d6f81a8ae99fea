// A statement of 5,000 rows whose content follows from the row's number alone, so that a person can check any row.
// `node tests/factories/large-statement.ts` writes it to tests/fixtures/bank/five-thousand-rows.csv.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROWS = 5000;
const SHOPS = ['Bäckerei Jäger', 'REWE; Filiale 7', 'Stadtwerke "Süd"', 'Deutsche Bahn', 'Café São Paulo', 'Apotheke'];
const DAY = 86_400_000;

export interface ExpectedRow {
	line: number;
	date: string;
	minor: number;
	payee: string;
	notes: string;
}

/**
 * Row n, from 0, by rule: the day is 1 January 2020 plus n div 3; the amount is n × 7919 mod 500,000 cents plus 1,
 * paid out, or received where n divides by 10; the payee goes round; every 25th has a note of two lines; every 500th
 * says 31 February.
 */
export function expectedRow(n: number): { date: string | null; minor: number; payee: string; notes: string } {
	const date = new Date(Date.UTC(2020, 0, 1) + Math.floor(n / 3) * DAY).toISOString().slice(0, 10);
	const size = ((n * 7919) % 500_000) + 1;
	return {
		date: n % 500 === 499 ? null : date,
		minor: n % 10 === 0 ? size : -size,
		payee: SHOPS[n % SHOPS.length] ?? '',
		notes: n % 25 === 0 ? `Beleg ${n}\nzweite Zeile` : ''
	};
}

/** What reading the file must give: its movements, and the lines that are broken. */
export function expectedRows(): { rows: ExpectedRow[]; broken: number[] } {
	const rows: ExpectedRow[] = [];
	const broken: number[] = [];
	// Two lines of preamble and the header stand above.
	let line = 4;
	for (let n = 0; n < ROWS; n += 1) {
		const { date, minor, payee, notes } = expectedRow(n);
		if (date === null) broken.push(line);
		else rows.push({ line, date, minor, payee, notes });
		line += notes === '' ? 1 : 2;
	}
	return { rows, broken };
}

/** The file as a German bank writes it. */
export function largeStatement(): string {
	const lines = ['Konto;DE02120300000000202051', 'Währung;EUR', 'Buchungstag;Empfänger;Verwendungszweck;Betrag'];
	for (let n = 0; n < ROWS; n += 1) {
		const { date, minor, payee, notes } = expectedRow(n);
		const [year, month, day] = (date ?? '2024-02-31').split('-');
		lines.push([`${day}.${month}.${year}`, payee, notes, german(minor)].map(quote).join(';'));
	}
	return lines.join('\n') + '\n';
}

function german(minor: number): string {
	const digits = String(Math.abs(minor)).padStart(3, '0');
	const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, '.');
	return `${minor < 0 ? '-' : ''}${whole},${digits.slice(-2)}`;
}

function quote(cell: string): string {
	return /[";\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

const target = fileURLToPath(new URL('../fixtures/bank/five-thousand-rows.csv', import.meta.url));
if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(target, largeStatement());
