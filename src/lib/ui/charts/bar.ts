/** One bar of a chart. */
export interface Bar {
	/** Its name, written above it. */
	label: string;
	/** Its length; not below zero. */
	value: number;
	/** The value in words, written at its end. */
	text: string;
	/** `act` as a rule, `attention` for what somebody should look at, `muted` for the rest put together. */
	tone: 'act' | 'attention' | 'muted';
}

/** Height of one bar with its name, in CSS pixels. */
export const ROW_HEIGHT = 52;
