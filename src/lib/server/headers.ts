import { REPORTS } from '../api/reports.ts';
import { answersData } from './http/request-path.ts';

/** Features of the browser that no page here uses. */
const CLOSED = [
	'accelerometer',
	'autoplay',
	'browsing-topics',
	'camera',
	'display-capture',
	'encrypted-media',
	'fullscreen',
	'geolocation',
	'gyroscope',
	'hid',
	'idle-detection',
	'local-fonts',
	'magnetometer',
	'microphone',
	'midi',
	'payment',
	'picture-in-picture',
	'screen-wake-lock',
	'serial',
	'usb',
	'xr-spatial-tracking'
];

/** The headers that every answer carries, besides its policies. */
export const securityHeaders: readonly (readonly [string, string])[] = [
	['strict-transport-security', 'max-age=63072000; includeSubDomains'],
	['x-content-type-options', 'nosniff'],
	['x-frame-options', 'DENY'],
	['cross-origin-opener-policy', 'same-origin'],
	['cross-origin-resource-policy', 'same-origin'],
	['referrer-policy', 'no-referrer'],
	['permissions-policy', CLOSED.map((feature) => `${feature}=()`).join(', ')]
];

/**
 * The policies of an answer, each of which must allow.
 * @param path of the request, decoded.
 * @param backendUrl where the browser reaches sign-in and storage: a path of ours, or another origin it must be let to.
 * @param ofPage the half that came with the page.
 */
export function policies(path: string, backendUrl: string, ofPage: readonly string[]): string[] {
	if (answersData(path)) return [dataPolicy];
	// Of the two ways to ask for reports this is the one that every browser knows, and reports at once.
	return [...ofPage, pagePolicy(backendUrl)].map((policy) => `${policy}; report-uri ${REPORTS}`);
}

/** What is answered here is never a page, even if somebody stored one. */
const dataPolicy = "default-src 'none'; frame-ancestors 'none'; sandbox";

/**
 * The half of the pages' policy that depends on the backend. Scripts, styles, workers and Trusted Types are in Kit's own
 * half, which comes with the page; both must allow, hence no default-src in either, and every other directive by name.
 */
function pagePolicy(backendUrl: string): string {
	// A policy that names https says nothing of wss, where the backend tells of changes.
	const origin = URL.canParse(backendUrl) ? new URL(backendUrl).origin : null;
	const backend = origin ? ` ${origin} ${origin.replace(/^http/, 'ws')}` : '';
	return [
		`connect-src 'self'${backend}`,
		"img-src 'self' data: blob:",
		"font-src 'self'",
		"media-src 'self' blob:",
		"manifest-src 'self'",
		"frame-src 'none'",
		"form-action 'none'",
		"frame-ancestors 'none'"
	].join('; ');
}
