import { fold } from '../kinds/fold.ts';

// English, Spanish, German, French, Portuguese, Italian, Dutch, Swedish, Danish and Norwegian, without diacritics.
const names: readonly (readonly string[])[] = [
	['january', 'enero', 'januar', 'janvier', 'janeiro', 'gennaio', 'januari', 'janner'],
	['february', 'febrero', 'februar', 'fevrier', 'fevereiro', 'febbraio', 'februari', 'feber'],
	['march', 'marzo', 'marz', 'maerz', 'mars', 'marco', 'maart', 'mrt', 'marts', 'mrz'],
	['april', 'abril', 'avril', 'aprile'],
	['may', 'mayo', 'mai', 'maio', 'maggio', 'mei', 'maj'],
	['june', 'junio', 'juni', 'juin', 'junho', 'giugno'],
	['july', 'julio', 'juli', 'juillet', 'julho', 'luglio'],
	['august', 'agosto', 'aout', 'augustus', 'augusti'],
	['september', 'septiembre', 'setiembre', 'septembre', 'setembro', 'settembre'],
	['october', 'octubre', 'oktober', 'octobre', 'outubro', 'ottobre'],
	['november', 'noviembre', 'novembre', 'novembro'],
	['december', 'diciembre', 'dezember', 'decembre', 'dezembro', 'dicembre', 'desember']
];

/**
 * The month that a name or its abbreviation (three letters or more) stands for in any of the languages.
 * @returns 1 to 12, or null where it is no month's name or could be two
 */
export function monthOfName(text: string): number | null {
	const name = fold(text).replace(/\.$/, '');
	if (name.length < 3) return null;
	const months = names.flatMap((each, index) => (each.some((full) => full.startsWith(name)) ? [index + 1] : []));
	return months.length === 1 ? (months[0] ?? null) : null;
}
