/** One field of a request that the server refused, by JSON pointer. */
export interface FieldProblem {
	pointer: string;
	detail: string;
}

/**
 * What went wrong between this page and the server.
 * `code` is the problem's `area/what` (RFC 9457 `type` without `/problems/`), or one of ours:
 * `sync/unreachable` (no answer at all), `sync/bad-answer` (an answer that is not what the interface promises).
 * `status` is 0 where there was no answer.
 */
export class ApiError extends Error {
	readonly code: string;
	readonly status: number;
	readonly detail: string;
	readonly errors: FieldProblem[];
	/** What stands at the server instead, where a conflict of keys, of a bundle or of a roster tells it. Not checked. */
	readonly current: unknown;
	/** How many tries are left, where a wrong PIN tells it. */
	left: number | null = null;
	/** Milliseconds to wait before the next try, where the server said so. */
	retryAfter: number | null = null;

	constructor(code: string, status: number, detail = '', errors: FieldProblem[] = [], current: unknown = undefined) {
		super(detail === '' ? code : `${code}: ${detail}`);
		this.name = 'ApiError';
		this.code = code;
		this.status = status;
		this.detail = detail;
		this.errors = errors;
		this.current = current;
	}

	/** True where the same request may succeed later, unchanged: nobody refused it. */
	get passing(): boolean {
		return this.status === 0 || this.status === 429 || this.status >= 500 || this.awaitsStep;
	}

	/** True where the person has their second step to show first: the request did nothing, and is good as it is after that. */
	get awaitsStep(): boolean {
		return this.code === 'session/second-step' || this.code === 'session/fresh-step';
	}
}

/** Reads an answer that is not 2xx into an ApiError; a body that is no problem+json still gives one. */
export async function readProblem(answer: Response): Promise<ApiError> {
	let problem: unknown = null;
	try {
		problem = await answer.json();
	} catch {
		// A proxy's page or an empty body: the status alone has to do.
	}
	const { type, title, detail, errors, current, left } = (problem ?? {}) as Record<string, unknown>;
	const code = typeof type === 'string' ? type.replace(/^.*\/problems\//, '') : `http/${answer.status}`;
	const text = typeof detail === 'string' ? detail : typeof title === 'string' ? title : '';
	const fields = Array.isArray(errors) ? errors.filter(isFieldProblem) : [];
	const error = new ApiError(code, answer.status, text, fields, current);
	if (typeof left === 'number') error.left = left;
	return error;
}

function isFieldProblem(value: unknown): value is FieldProblem {
	const field = value as Partial<FieldProblem> | null;
	return typeof field?.pointer === 'string' && typeof field.detail === 'string';
}
