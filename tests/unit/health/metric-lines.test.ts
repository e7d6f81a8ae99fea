import { expect, test } from 'vitest';
import { metricSeries, type MetricSeries } from '../../../src/lib/kinds/index.ts';
import type { EntityView } from '../../../src/lib/vault/entity-view.ts';
import { isAdult } from '../../../src/routes/(vault)/[entity=uuid]/health/is-adult.ts';
import {
	bandsOf,
	endsOf,
	linesOf,
	pointsWithin
} from '../../../src/routes/(vault)/[entity=uuid]/health/metric-lines.ts';
import { record } from '../kinds/a-body.ts';

const weight = (day: string, value: number, unit = 'kg') =>
	record('body-metric', { metric: 'weight', value: { value, unit }, measuredAt: `${day}T12:00:00Z` });
const only = (records: ReturnType<typeof record>[]): MetricSeries => {
	const [series] = metricSeries(records);
	if (!series) throw new Error('no series');
	return series;
};

test('a day without a measurement is a gap in the line', () => {
	const series = only([weight('2026-03-01', 70), weight('2026-03-02', 71), weight('2026-03-04', 72)]);
	const [line] = linesOf(series.points, ['']);
	expect(line?.points.map(({ value }) => value)).toEqual([70, 71, null, 72]);
});

test('a range ends today and begins so many days before; all begins with the first', () => {
	const series = only([
		weight('2026-01-01', 69),
		weight('2026-02-09', 70),
		weight('2026-02-10', 71),
		weight('2026-03-11', 72)
	]);
	const within = (range: '30' | '90' | 'all') =>
		pointsWithin(series, range, '2026-03-11').map(({ measure }) => measure.value);
	expect(within('30')).toEqual([71, 72]);
	expect(within('90')).toEqual([69, 70, 71, 72]);
	expect(endsOf(series.points, 'all', '2026-03-11').from).toEqual(new Date('2026-01-01T00:00'));
	expect(endsOf(series.points, '30', '2026-03-11').from).toEqual(new Date('2026-02-10T00:00'));
});

test('very many measurements are drawn as the mean of each day', () => {
	const many = Array.from({ length: 400 }, (_, place) =>
		weight(place < 200 ? '2026-03-01' : '2026-03-02', place % 2 === 0 ? 70 : 72)
	);
	const [line] = linesOf(only(many).points, ['']);
	expect(line?.points.map(({ value }) => value)).toEqual([71, 71]);
});

test('a usual range is in the unit that is drawn, and none where there is none', () => {
	const sugar = (value: number, unit: string) =>
		record('body-metric', { metric: 'glucose', value: { value, unit }, measuredAt: '2026-03-01T08:00:00Z' });
	expect(bandsOf(only([sugar(90, 'mg/dL')]))).toEqual([{ low: 70, high: 99 }]);
	const [band] = bandsOf(only([sugar(5, 'mmol/L')]));
	expect([band?.low, band?.high].map((value) => Math.round((value ?? 0) * 10) / 10)).toEqual([3.9, 5.5]);
	expect(bandsOf(only([weight('2026-03-01', 70)]))).toEqual([]);
});

test('the usual ranges of adults are not for children or animals', () => {
	const entity = (kind: string, birthDate?: string) => ({ kind, values: { birthDate } }) as unknown as EntityView;
	expect(isAdult(entity('person'), '2026-03-11')).toBe(true);
	expect(isAdult(entity('person', '2008-03-11'), '2026-03-11')).toBe(true);
	expect(isAdult(entity('person', '2008-03-12'), '2026-03-11')).toBe(false);
	expect(isAdult(entity('pet'), '2026-03-11')).toBe(false);
});
