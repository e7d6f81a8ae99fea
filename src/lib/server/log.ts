import { createHmac } from 'node:crypto';
import pino from 'pino';
import type { Logger } from 'pino';

/** One line of the log for one request. Nothing else of a request is ever logged: no body, token, e-mail or query string. */
export interface RequestLine {
	method: string;
	/** The route's id, such as `/api/records/pull`; what a person typed is not in it. */
	route: string;
	status: number;
	/** Whole milliseconds. */
	duration: number;
	/** Who and from where, hashed with a salt of this installation. */
	user?: string;
	address?: string;
}

export interface Log {
	request(line: RequestLine): void;
	/** Something the owner of the machine should know; `facts` hold no content. */
	note(message: string, facts?: { [name: string]: unknown }): void;
	warn(message: string, facts?: { [name: string]: unknown }): void;
	/** An error that nobody expected, under an id that the person is shown. Only its kind and place are written, not its message, which may hold data. */
	unexpected(id: string, error: unknown): void;
	/** The hash under which a user or an address stands in the log. */
	hash(value: string): string;
}

/** A log of JSON lines on standard output. */
export function createLog(salt: string, destination?: pino.DestinationStream): Log {
	const options = {
		base: null,
		timestamp: pino.stdTimeFunctions.isoTime,
		formatters: { level: (label: string) => ({ level: label }) }
	};
	const logger: Logger = destination ? pino(options, destination) : pino(options);
	return {
		request: (line) => logger.info(line),
		note: (message, facts) => logger.info({ ...facts }, message),
		warn: (message, facts) => logger.warn({ ...facts }, message),
		unexpected: (id, error) => logger.error({ id, ...describe(error) }, 'unexpected error'),
		hash: (value) => createHmac('sha256', salt).update(value).digest('base64url').slice(0, 16)
	};
}

/** What may be told of an error: its name, code and where it was thrown. */
export function describe(error: unknown): { name: string; code?: string; at?: string[] } {
	if (!(error instanceof Error)) return { name: typeof error };
	const code = (error as { code?: unknown }).code;
	const at = error.stack
		?.split('\n')
		.filter((line) => /^\s+at /.test(line))
		.slice(0, 8)
		.map((line) => line.trim());
	return { name: error.name, ...(typeof code === 'string' ? { code } : {}), ...(at?.length ? { at } : {}) };
}
