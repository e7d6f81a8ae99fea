/** What a browser says it is; null where it does not say, or nobody knows that one. */
export interface Agent {
	browser: string | null;
	system: string | null;
	/** A telephone or a tablet. */
	mobile: boolean;
}

/** In this order: a browser that is built on another one also says the other one's name. */
const browsers: readonly (readonly [RegExp, string])[] = [
	[/\bEdg(?:A|iOS)?\//, 'Edge'],
	[/\bOPR\//, 'Opera'],
	[/\bSamsungBrowser\//, 'Samsung Internet'],
	[/\b(?:Firefox|FxiOS)\//, 'Firefox'],
	[/\b(?:HeadlessChrome|Chrome|CriOS|Chromium)\//, 'Chrome'],
	[/\bSafari\//, 'Safari']
];
const systems: readonly (readonly [RegExp, string])[] = [
	[/\biPhone\b/, 'iPhone'],
	[/\biPad\b/, 'iPad'],
	[/\bAndroid\b/, 'Android'],
	[/\bWindows\b/, 'Windows'],
	[/\bCrOS\b/, 'ChromeOS'],
	[/\bMac OS X\b|\bMacintosh\b/, 'macOS'],
	[/\bLinux\b/, 'Linux']
];

/**
 * Reads a `User-Agent` header (RFC 9110, 10.1.5), as far as a person needs it to tell their devices apart. It is what the
 * browser said: whoever signs in can write anything there.
 */
export function readAgent(header: string): Agent {
	const first = (table: typeof browsers) => table.find(([pattern]) => pattern.test(header))?.[1] ?? null;
	const system = first(systems);
	const mobile = /\bMobile\b/.test(header) || ['iPhone', 'iPad', 'Android'].includes(system ?? '');
	return { browser: first(browsers), system, mobile };
}
