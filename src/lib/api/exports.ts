import * as v from 'valibot';
import { domainSchema, uuidSchema } from './ids.ts';
import type { Route } from './route.ts';

/** What the server is told of a file that the browser made. */
export const exportRoutes = {
	noteExport: {
		method: 'POST',
		path: '/api/exports',
		summary:
			'Put down that the records of a domain were taken out as a file; the file is made in the browser and stays there',
		token: true,
		budget: 'sensitive',
		body: v.object({ entity: uuidSchema, domain: domainSchema }),
		status: 204,
		answer: null
	}
} as const satisfies { [name: string]: Route };
