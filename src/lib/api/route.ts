import type * as v from 'valibot';

/** Which line of the table of limits a request counts against. */
export type Budget = 'open' | 'read' | 'write' | 'sensitive' | 'highRisk' | 'pull' | 'push' | 'parts' | 'reports';

type Schema = v.GenericSchema;

/** One route of the thin server: what it takes, gives and costs. */
export interface Route {
	method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	/** With `{name}` for each path parameter. */
	path: string;
	summary: string;
	/** Whether a person's access token is needed. */
	token: boolean;
	/** Whether a session may ask before it has shown its second step. */
	beforeStep?: boolean;
	budget: Budget;
	/** The most bytes a body may have; 64 KiB where it is not said. */
	bodyBytes?: number;
	/** What a JSON body may be called besides `application/json`. */
	mediaType?: string;
	params?: Schema;
	/** The parameters of the query string: an object of texts. */
	query?: Schema;
	body?: Schema;
	/** `application/octet-stream` instead of JSON: what comes, and what goes out. */
	takes?: 'bytes';
	gives?: 'bytes';
	/** Status of success and the schema of its body (null: no body). */
	status: 200 | 201 | 204;
	answer: Schema | null;
}
