const STEPS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** So many bytes as a person reads them: "3.4 MB". */
export function bytesText(bytes: number, locale: string): string {
	const step = Math.min(STEPS.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
	const unit = STEPS[step] ?? 'byte';
	const look: Intl.NumberFormatOptions = { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 1 };
	return new Intl.NumberFormat(locale, look).format(bytes / 1000 ** step);
}
