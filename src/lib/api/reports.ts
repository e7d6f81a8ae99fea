import * as v from 'valibot';
import type { Route } from './route.ts';

/** The path that every page's policy names for reports. */
export const REPORTS = '/api/reports';

const text = v.optional(v.string());
/** A violation as a browser tells it (CSP Level 3, section 5.3); whatever else it says is not looked at. */
export const reportSchema = v.object({
	'csp-report': v.object({
		'effective-directive': text,
		'violated-directive': v.string(),
		'blocked-uri': text,
		'source-file': text,
		'line-number': v.optional(v.number())
	})
});

export type Report = v.InferOutput<typeof reportSchema>;

/** What browsers tell of policies that something in a page went against. */
export const reportRoutes = {
	reportViolation: {
		method: 'POST',
		path: REPORTS,
		summary: "What a page's security policy kept from happening, as browsers report it",
		token: false,
		budget: 'reports',
		mediaType: 'application/csp-report',
		bodyBytes: 16 * 1024,
		body: reportSchema,
		status: 204,
		answer: null
	}
} as const satisfies { [name: string]: Route };
