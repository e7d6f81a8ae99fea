import { isDateTime, wallTime } from '../dates.ts';
import { isMeasure, type Measure } from '../measure.ts';
import type { KindRecord } from '../record-body.ts';
import { convert } from '../units.ts';
import { bmi, metrics, type Metric } from './metrics.ts';

/** One measurement, in the unit of its series. */
export interface MetricPoint {
	/** RFC 3339. */
	readonly at: string;
	/** The day where the device is. */
	readonly day: string;
	readonly measure: Measure;
}

/** All there is of one metric, oldest first, in the unit that was used last. */
export interface MetricSeries {
	/** The metric's key; for what people named themselves `other/` and that name. */
	readonly key: string;
	readonly metric: Metric;
	/** What a person called it, where it is none of the metrics known. */
	readonly name: string | undefined;
	readonly unit: string;
	readonly points: readonly MetricPoint[];
}

/** The series of a person's measurements, in the order of the metrics. */
export function metricSeries(records: readonly KindRecord[]): MetricSeries[] {
	const byKey = new Map<string, { metric: Metric; name: string | undefined; read: Read[] }>();
	for (const { body } of records) {
		const { metric: key, value, measuredAt, name } = body.values;
		const metric = metrics.find((each) => each.key === key);
		if (!metric || !isMeasure(value) || !isDateTime(measuredAt)) continue;
		if ((value.second === undefined) !== (metric.pair === undefined)) continue;
		const own = metric.key === 'other' && typeof name === 'string' ? name.trim() : undefined;
		const series = own === undefined ? metric.key : `other/${own}`;
		const known = byKey.get(series) ?? { metric, name: own, read: [] };
		known.read.push({ at: measuredAt, moment: Date.parse(measuredAt), measure: value });
		byKey.set(series, known);
	}
	const series = [...byKey].map(([key, { metric, name, read }]) => seriesOf(key, metric, name, read));
	const index = bmiSeries(series);
	const known = [...series, ...(index ? [index] : [])];
	return known.sort((a, b) => ORDER.indexOf(a.metric) - ORDER.indexOf(b.metric));
}

/** Weight and height, what follows from them, and the others. */
const ORDER: readonly Metric[] = [...metrics.slice(0, 2), bmi, ...metrics.slice(2)];

interface Read {
	at: string;
	moment: number;
	measure: Measure;
}

function seriesOf(key: string, metric: Metric, name: string | undefined, read: Read[]): MetricSeries {
	read.sort((a, b) => a.moment - b.moment);
	const unit = read.at(-1)?.measure.unit ?? metric.units[0] ?? '';
	const points = read.flatMap(({ at, measure }): MetricPoint[] => {
		const value = convert(measure.value, measure.unit, unit);
		const pair = measure.second === undefined ? {} : { second: convert(measure.second, measure.unit, unit) ?? 0 };
		return value === null ? [] : [{ at, day: wallTime(at).slice(0, 10), measure: { value, ...pair, unit } }];
	});
	return { key, metric, name, unit, points };
}

/** From every weight and the height that was last known then; before the first height, that one. */
function bmiSeries(series: readonly MetricSeries[]): MetricSeries | null {
	const [weights, heights] = ['weight', 'height'].map((key) => series.find((each) => each.key === key)?.points ?? []);
	const points = (weights ?? []).flatMap((weight): MetricPoint[] => {
		const height = heights?.findLast(({ at }) => Date.parse(at) <= Date.parse(weight.at)) ?? heights?.[0];
		const value = height && bodyMassIndex(weight.measure, height.measure);
		return value === undefined || value === null ? [] : [{ ...weight, measure: { value, unit: 'kg/m2' } }];
	});
	return points.length > 0 ? { key: 'bmi', metric: bmi, name: undefined, unit: 'kg/m2', points } : null;
}

/** The body mass index, in kg/m2; null where weight or height have other units or the height is none. */
export function bodyMassIndex(weight: Measure, height: Measure): number | null {
	const kilograms = convert(weight.value, weight.unit, 'kg');
	const centimetres = convert(height.value, height.unit, 'cm');
	return kilograms === null || centimetres === null || centimetres <= 0 ? null : kilograms / (centimetres / 100) ** 2;
}
