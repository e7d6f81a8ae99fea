const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** How large a file is, as a person reads it: `3.4 MB`. */
export function sizeText(bytes: number, locale: string): string {
	const step = bytes < 1000 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
	const unit = UNITS[step] ?? 'byte';
	const value = bytes / 1000 ** step;
	const digits = step === 0 || value >= 100 ? 0 : 1;
	return new Intl.NumberFormat(locale, {
		style: 'unit',
		unit,
		unitDisplay: step === 0 ? 'long' : 'short',
		maximumFractionDigits: digits
	}).format(value);
}
