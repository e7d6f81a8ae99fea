// What the rest of the app may know of record kinds. Pure: no network, no storage, no clock but the one it is given.
export { categoryFrom, categoryLabel, expenseCategories, incomeCategories } from './categories.ts';
export { currencies, currencyName, digitsOf, isCurrency } from './currency.ts';
export {
	addDays,
	addMonths,
	calendar,
	daysBetween,
	endOfMonth,
	formatDate,
	formatMonth,
	isDate,
	isDateTime,
	monthOf,
	today
} from './dates.ts';
export { defineKind, type Domain, type Kind } from './define-kind.ts';
export { tierOf, yesOrNo, type Field, type FieldType, type Option, type SimpleField } from './field.ts';
export { fold } from './fold.ts';
export { KindsError, type KindsErrorCode } from './kinds-error.ts';
export { label, languageOf, type Label, type Language } from './label.ts';
export { addMoney, decimalOf, formatAmount, formatMoney, isMoney, negate, sumMoney, type Money } from './money.ts';
export {
	isMoneyProblem,
	parseMoney,
	separatorsOf,
	type MoneyProblem,
	type MoneyProblemCode,
	type Separators
} from './parse-money.ts';
export type { Problem, ProblemCode } from './problem.ts';
export type { ImportSource, KindRecord, RecordBody, RecordMeta } from './record-body.ts';
export { kindOf, kinds, kindsOf } from './registry.ts';
