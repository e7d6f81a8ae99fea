// What the rest of the app may know of record kinds. Pure: no network, no storage, no clock but the one it is given.
export { isAsked, rangeOf } from './asked.ts';
export { bodyOf } from './body-of.ts';
export { categoryFrom, categoryLabel, expenseCategories, incomeCategories } from './categories.ts';
export { checkBody, checkValues, type CheckResult } from './check-body.ts';
export { checkValue, isBlank, LIMITS } from './check-value.ts';
export { currencyOfRegion } from './currency-of-region.ts';
export { currencies, currencyName, digitsOf, isCurrency } from './currency.ts';
export {
	addDays,
	addMinutes,
	addMonths,
	calendar,
	daysBetween,
	endOfMonth,
	formatDate,
	formatDaysAway,
	formatMoment,
	formatMonth,
	formatTime,
	fullYear,
	isDate,
	isDateTime,
	isTime,
	isWallTime,
	minutesBetween,
	monthOf,
	today,
	wallNow,
	wallTime
} from './dates.ts';
export { defineKind, type Domain, type Kind } from './define-kind.ts';
export { choicesOf, lacksChoice } from './choices-of.ts';
export { formFields, listColumns, sheetColumns, type ColumnView, type FieldView } from './describe-kind.ts';
export { describeSchedule } from './describe-schedule.ts';
export { choiceLabel, displayValue, titleOf, type Look } from './display-value.ts';
export { emptyValues, type Circumstances } from './empty-values.ts';
export {
	refersTo,
	tierOf,
	yesOrNo,
	type ChoiceField,
	type DateField,
	type DateTimeField,
	type Field,
	type FieldType,
	type MoneyField,
	type NumberField,
	type NumberRange,
	type Option,
	type ReferenceField,
	type ReferencesField,
	type RowsField,
	type ScheduleField,
	type SimpleField,
	type TextField,
	type TimesField
} from './field.ts';
export { BLANK, passing, valuesOf, type Filter, type Filters } from './filter-records.ts';
export { applyCategoryRules, readCategoryRules, type CategoryRule } from './finances/apply-category-rules.ts';
export { balancesOf, shownBalances, totalOf, type AccountBalance } from './finances/balances.ts';
export { budgetsOf, type BudgetState } from './finances/budgets.ts';
export { movementsOf, transfersOf, type Movement, type Transfer } from './finances/movements.ts';
export { Exchange } from './finances/net-worth/exchange.ts';
export { holdingsOf, type Holding } from './finances/net-worth/holdings.ts';
export { netWorthOn, netWorthOver, type NetWorth } from './finances/net-worth/net-worth.ts';
export { isUncategorised, partsOf, spendingOf, uncategorised, type CategorySpending } from './finances/spending.ts';
export { fold } from './fold.ts';
export { dosesOfDay, type Dose } from './health/doses-of-day.ts';
export { intakeId } from './health/intake-id.ts';
export { markDose, type DoseMark } from './health/mark-dose.ts';
export { runningOut, stocksOf, type Stock } from './health/medication-stock.ts';
export { bodyMassIndex, metricSeries, type MetricPoint, type MetricSeries } from './health/metric-series.ts';
export { ANY_TIME, isPlanned, planDoses } from './health/plan-doses.ts';
export { KeptOrder } from './kept-order.ts';
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
export { listChanges } from './list-changes.ts';
export { formatMeasure, formatNumber, isMeasure, type Measure } from './measure.ts';
export { nextDates, type Window } from './next-dates.ts';
export { problemText } from './problem-text.ts';
export type { Problem, ProblemCode } from './problem.ts';
export type { ImportSource, KindRecord, RecordBody, RecordMeta } from './record-body.ts';
export { kindIn, kindOf, kinds, kindsOf } from './registry.ts';
export { doneBody } from './reminders/done-body.ts';
export type { Reminder } from './reminders/reminder.ts';
export { remindersOf, waitingOn, type Due } from './reminders/reminders-of.ts';
export {
	formatSchedule,
	isSchedule,
	parseSchedule,
	weekdays,
	type ByDay,
	type Frequency,
	type Schedule,
	type Weekday
} from './schedule.ts';
export { SearchIndex, wordsOf } from './search-index.ts';
export { textMaker, valuePicker } from './search-text.ts';
export { sortRecords, type Sort } from './sort-records.ts';
export { convert, unitName, usualUnit } from './units.ts';
export { upgradeBody } from './upgrade-body.ts';
