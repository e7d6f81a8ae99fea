import { isDate, kindIn, kindsOf, label } from '../kinds/index.ts';
import type { Domain, Kind, KindRecord, Label } from '../kinds/index.ts';
import { byCategoryTable } from './by-category.ts';
import { kindTable } from './kind-table.ts';
import { namesOf } from './record-names.ts';
import { summaryTable } from './summary-table.ts';
import type { Table } from './table.ts';
import { words } from './words.ts';
import { worthsOn } from './worths.ts';

/** A record as an export takes it; one that does not open has no body. */
export interface ExportRecord extends KindRecord {
	readonly domain: string;
	readonly damaged?: true;
}

/** What can be exported, in the order it is offered. */
export const EXPORTS = ['health-report', 'financial-snapshot', 'financial-movements', 'papers'] as const;
export type ExportName = (typeof EXPORTS)[number];

/** Of each export: the domain it takes records of, whether by their day, and what its file is called. */
interface Report {
	readonly domain: Domain;
	readonly dated?: true;
	readonly file: Label;
}

const REPORTS: Readonly<Record<ExportName, Report>> = {
	'health-report': { domain: 'health', file: { en: 'Health report', es: 'Informe de salud' } },
	'financial-snapshot': { domain: 'finances', file: { en: 'Financial snapshot', es: 'Situación financiera' } },
	'financial-movements': { domain: 'finances', dated: true, file: { en: 'Financial movements', es: 'Movimientos' } },
	papers: { domain: 'administration', file: { en: 'Papers', es: 'Papeles' } }
};

/** What the file of an export is called, without an ending. */
export function fileNameOf(name: ExportName, locale: string): string {
	return label(REPORTS[name].file, locale);
}

/** The domain whose records an export is of. */
export function domainOf(name: ExportName): Domain {
	return REPORTS[name].domain;
}

/** Whether an export is of a range of days. */
export function isDated(name: ExportName): boolean {
	return REPORTS[name].dated === true;
}

/** The kinds that have a sheet in an export: those of its domain whose file says so, whichever they are. */
export function kindsIn(name: ExportName): readonly Kind[] {
	const { domain, dated } = REPORTS[name];
	return kindsOf(domain).filter(({ sheet }) => (sheet.dated !== undefined) === (dated === true));
}

export interface Wanted {
	readonly name: ExportName;
	/** BCP 47. */
	readonly locale: string;
	/** The day of today, `YYYY-MM-DD`. */
	readonly today: string;
	/** The first and last day of an export that is dated, `YYYY-MM-DD`. */
	readonly from?: string;
	readonly to?: string;
}

/** What a workbook is made of, and how many records are on no sheet but that of what was left out. */
export interface WorkbookTables {
	readonly tables: readonly Table[];
	readonly leftOut: number;
}

/**
 * The sheets of an export of one entity's records. Whatever cannot stand in one is told of on a sheet of its own, and
 * stops nothing; what is in the bin is not exported.
 * @param all the records of the entity that the person may open, of any domain
 */
export function workbookOf(
	all: readonly ExportRecord[],
	{ name, locale, today, from = '', to = '9999-12-31' }: Wanted
): WorkbookTables {
	const { domain, dated } = REPORTS[name];
	const open = all.filter(({ damaged }) => !damaged);
	const look = namesOf(open, locale);
	const readable = open.filter((record) => record.domain === domain && record.body.meta.deleted !== true);
	const isWanted = ({ sheet }: Kind, { body: { values } }: KindRecord): boolean => {
		const day = sheet.dated === undefined ? from : values[sheet.dated];
		return isDate(day) ? day >= from && day <= to : sheet.dated === undefined;
	};
	const sheets = kindsIn(name).map((kind) => ({
		kind,
		records: readable.filter((record) => record.body.kind === kind.name && isWanted(kind, record))
	}));
	const moved = dated ? sheets.flatMap(({ records }) => records) : [];
	const worths = name === 'financial-snapshot' ? worthsOn(readable, today) : undefined;
	const left = leftOut(all, name);
	const tables = [
		...(name === 'financial-snapshot' ? [summaryTable(readable, today, look)] : []),
		...sheets.map(({ kind, records }) => kindTable(kind, records, look, worths)),
		...(dated ? [byCategoryTable(moved, locale)] : []),
		...(left.length > 0 ? [leftOutTable(left, locale)] : [])
	];
	return { tables, leftOut: left.length };
}

/** A record that no sheet can show, and why. */
interface LeftOut {
	readonly id: string;
	readonly why: 'damaged' | 'newer' | 'noDay';
}

function leftOut(all: readonly ExportRecord[], name: ExportName): LeftOut[] {
	const own = all.filter(({ domain, body }) => domain === REPORTS[name].domain && body.meta.deleted !== true);
	return own.flatMap((record) => {
		const why = whyLeftOut(record, name);
		return why === null ? [] : [{ id: record.id, why }];
	});
}

function leftOutTable(left: readonly LeftOut[], locale: string): Table {
	const say = (word: keyof typeof words): string => label(words[word], locale);
	const columns = [
		{ header: say('record'), format: 'text', width: 40 },
		{ header: say('why'), format: 'text', width: 48 }
	] as const;
	return { name: say('leftOut'), columns, rows: left.map(({ id, why }) => [id, say(why)]) };
}

function whyLeftOut({ damaged, domain, body }: ExportRecord, name: ExportName): LeftOut['why'] | null {
	if (damaged) return 'damaged';
	const kind = kindIn(domain, body.kind);
	// A file is no row of its own: the records that it belongs to name it.
	if (kind === undefined) return body.kind === 'file' ? null : 'newer';
	const by = kind.sheet.dated;
	return by !== undefined && isDated(name) && !isDate(body.values[by]) ? 'noDay' : null;
}
