import type { Report } from '../../api/reports.ts';
import { BoundedMap } from '../limits/bounded-map.ts';
import type { Log } from '../log.ts';

/** What the log holds of a violation: never an address of a page, which names records, and nothing that a page holds. */
export interface Violation {
	[fact: string]: string | number;
	directive: string;
	/** An origin, a scheme such as `data`, or a kind such as `inline` or `eval`. */
	blocked: string;
	/** The file of the app it happened in, `other` for anything else. */
	source: string;
	line: number;
}

const HOUR = 3_600_000;
const MOST_KINDS = 1_000;

/** What may be told of a report. Anybody can send one, so each of its words is one of a known shape or is left out. */
export function violationIn({ 'csp-report': report }: Report, origin: string): Violation {
	const [directive = ''] = (report['effective-directive'] ?? report['violated-directive']).split(' ');
	return {
		directive: /^[a-z-]{3,40}$/.test(directive) ? directive : 'unknown',
		blocked: blockedIn(report['blocked-uri'] ?? ''),
		source: sourceIn(report['source-file'] ?? '', origin),
		line: Number.isSafeInteger(report['line-number']) ? Math.max(0, report['line-number'] ?? 0) : 0
	};
}

/**
 * Notes violations in the log, each kind once an hour: a page that is attacked, or broken, reports without end.
 * @param now milliseconds, for tests.
 */
export function createViolations(log: Pick<Log, 'warn'>, now: () => number = Date.now): (seen: Violation) => void {
	const told = new BoundedMap<number>(MOST_KINDS);
	return (seen) => {
		const kind = JSON.stringify(seen);
		if (now() - (told.get(kind) ?? -Infinity) < HOUR) return;
		told.set(kind, now());
		log.warn('a page went against its policy', seen);
	};
}

function blockedIn(text: string): string {
	if (/^[a-z-]{2,30}$/.test(text)) return text;
	if (!URL.canParse(text)) return 'unknown';
	const { protocol, origin } = new URL(text);
	return origin === 'null' ? protocol.slice(0, -1).slice(0, 30) : origin.slice(0, 200);
}

function sourceIn(text: string, origin: string): string {
	if (!URL.canParse(text)) return 'other';
	const url = new URL(text);
	return url.origin === origin && /^\/_app\/[\w./-]{1,120}$/.test(url.pathname) ? url.pathname : 'other';
}
