import { addDays, convert, daysBetween } from '$lib/kinds/index.ts';
import type { Measure, MetricPoint, MetricSeries } from '$lib/kinds/index.ts';
import type { ChartBand, ChartLine, LinePoint } from '$lib/ui/charts/line.ts';

/** How far back a chart looks, in days; null for all there is. */
export const ranges = { '30': 30, '90': 90, year: 365, all: null } as const;
export type RangeName = keyof typeof ranges;

/** More points than this are drawn as the mean of each day. */
const MOST_POINTS = 300;

/** The measurements of the last days, today included, oldest first. */
export function pointsWithin({ points }: MetricSeries, range: RangeName, today: string): MetricPoint[] {
	const days = ranges[range];
	const since = days === null ? '' : addDays(today, 1 - days);
	return points.filter(({ day }) => day >= since && day <= today);
}

/** The two ends of the chart's time, at midnight and the end of today where the device is. */
export function endsOf(points: readonly MetricPoint[], range: RangeName, today: string): { from: Date; to: Date } {
	const days = ranges[range];
	const first = days === null ? (points[0]?.day ?? today) : addDays(today, 1 - days);
	return { from: new Date(`${first}T00:00`), to: new Date(`${today}T23:59`) };
}

/**
 * The lines of a chart, one for each number of the metric. A day on which nothing was measured is a gap.
 * @param names what stands at the lines' ends
 */
export function linesOf(points: readonly MetricPoint[], names: readonly string[]): ChartLine[] {
	const drawn = points.length > MOST_POINTS ? meanOfDays(points) : points;
	const pick = [({ value }: Measure) => value, ({ second }: Measure) => second ?? null];
	return pick.slice(0, names.length).map((of, place): ChartLine => {
		const line = drawn.flatMap(({ at, day, measure }, each): LinePoint[] => {
			const before = drawn[each - 1];
			const point = { at: new Date(at), value: of(measure) };
			const broken = before !== undefined && daysBetween(before.day, day) > 1;
			return broken ? [{ at: point.at, value: null }, point] : [point];
		});
		return { label: names[place] ?? '', points: line };
	});
}

/** The usual range, in the unit of the series; none where it cannot be told in it. */
export function bandsOf({ metric: { band }, unit }: MetricSeries): ChartBand[] {
	return (band?.ranges ?? []).flatMap(([low, high]): ChartBand[] => {
		const [from, to] = [low, high].map((value) => convert(value, band?.unit ?? '', unit));
		return from == null || to == null ? [] : [{ low: from, high: to }];
	});
}

function meanOfDays(points: readonly MetricPoint[]): MetricPoint[] {
	return [...Map.groupBy(points, ({ day }) => day)].map(([day, those]) => {
		const mean = (of: (measure: Measure) => number) =>
			those.reduce((sum, { measure }) => sum + of(measure), 0) / those.length;
		const first = those[0]?.measure;
		const second = first?.second === undefined ? {} : { second: mean((measure) => measure.second ?? 0) };
		return {
			at: `${day}T12:00`,
			day,
			measure: { value: mean(({ value }) => value), ...second, unit: first?.unit ?? '' }
		};
	});
}
