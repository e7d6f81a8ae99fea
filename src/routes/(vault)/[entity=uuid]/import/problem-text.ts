import type { LeftOut, RowProblemCode } from '$lib/import/index.ts';
import { m } from '$messages';

const PROBLEMS: Readonly<Record<RowProblemCode, () => string>> = {
	quote: m.import_problem_quote,
	'cell-too-long': m.import_problem_cell_too_long,
	'too-many-cells': m.import_problem_too_many_cells,
	'too-few-cells': m.import_problem_too_few_cells,
	'date-missing': m.import_problem_date_missing,
	date: m.import_problem_date,
	'amount-missing': m.import_problem_amount_missing,
	amount: m.import_problem_amount,
	'amount-decimals': m.import_problem_amount_decimals,
	'amount-too-large': m.import_problem_amount_too_large,
	'amount-twice': m.import_problem_amount_twice,
	direction: m.import_problem_direction,
	currency: m.import_problem_currency,
	state: m.import_problem_state
};

const LEFT_OUT: Readonly<Record<LeftOut['reason'], () => string>> = {
	balance: m.import_left_balance,
	total: m.import_left_total,
	footer: m.import_left_footer,
	header: m.import_left_header,
	'not-booked': m.import_left_not_booked,
	zero: m.import_left_zero,
	correction: m.import_left_correction,
	investment: m.import_left_investment,
	list: m.import_left_list,
	'other-side': m.import_left_other_side,
	'not-wanted': m.import_left_not_wanted
};

/** What is wrong with a row, for a person. */
export function problemText(code: RowProblemCode): string {
	return PROBLEMS[code]();
}

/** Why a row is no movement, for a person. */
export function leftOutText(reason: LeftOut['reason']): string {
	return LEFT_OUT[reason]();
}

/** Why a file cannot be read and what to do, by the code of an ImportError. */
export function fileTroubleText(code: string): string {
	switch (code) {
		case 'import/empty':
			return m.import_file_empty();
		case 'import/too-large':
			return m.import_file_too_large();
		case 'import/too-many-rows':
			return m.import_file_too_many_rows();
		case 'import/workbook':
			return m.import_file_workbook();
		case 'import/pdf':
			return m.import_file_pdf();
		case 'import/other-format':
			return m.import_file_other_format();
		case 'import/not-text':
			return m.import_file_not_text();
		case 'import/no-table':
			return m.import_file_no_table();
		case 'import/no-statement':
			return m.import_file_no_statement();
		default:
			return m.import_file_unexpected();
	}
}
