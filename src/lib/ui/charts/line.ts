/** A point of a line; without a value the line is broken there. */
export interface LinePoint {
	at: Date;
	value: number | null;
}

/** One line of a chart. */
export interface ChartLine {
	/** Written at its end. */
	label: string;
	/** In order of time. */
	points: readonly LinePoint[];
}

/** A ground on which values are as they should be. */
export interface ChartBand {
	low: number;
	high: number;
}

/** Height of the chart, in CSS pixels. */
export const LINE_HEIGHT = 240;
