import * as v from 'valibot';
import { uuidSchema } from './ids.ts';
import type { Route } from './route.ts';

/** A moment as the interface tells it (RFC 3339, UTC). */
const momentSchema = v.string();
const secondsSchema = (least: number) =>
	v.nullable(v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(31_536_000)));

/** How long a person's sessions last, in seconds; null for no such limit. */
export const sessionRulesSchema = v.object({
	/** Ends a session that was not used for so long, from five minutes to a year. */
	idle: secondsSchema(300),
	/** Ends a session so long after its sign-in, from an hour to a year. */
	age: secondsSchema(3600)
});

/** One session of a person, as they see it. */
export const sessionSchema = v.object({
	id: uuidSchema,
	/** Whether it is the one that asks. */
	current: v.boolean(),
	/** What the browser said it was when it signed in; empty where nothing was noted. */
	agent: v.string(),
	/** The network it signed in from, in CIDR notation (a /24 of IPv4, a /48 of IPv6); null where nothing was noted. */
	network: v.nullable(v.string()),
	began: momentSchema,
	/** When it was last used, to the minute. */
	used: momentSchema,
	/** Whether it showed a second step, which still holds. */
	secondStep: v.boolean()
});

export const sessionsAnswerSchema = v.object({ sessions: v.array(sessionSchema), rules: sessionRulesSchema });

/** How a session ended that is no more: revoked by its person from elsewhere, or past what they chose. */
export const sessionEndSchema = v.picklist(['revoked', 'expired']);

export type PersonSession = v.InferOutput<typeof sessionSchema>;
export type SessionRules = v.InferOutput<typeof sessionRulesSchema>;
export type SessionEnd = v.InferOutput<typeof sessionEndSchema>;

/** A person's sessions. */
export const sessionRoutes = {
	listSessions: {
		method: 'GET',
		path: '/api/sessions',
		summary: "The person's sessions, the one used last first, and how long they last",
		token: true,
		budget: 'read',
		status: 200,
		answer: sessionsAnswerSchema
	},
	revokeOtherSessions: {
		method: 'DELETE',
		path: '/api/sessions',
		summary: 'End every session of the person but the one that asks',
		token: true,
		budget: 'sensitive',
		status: 200,
		answer: v.object({ revoked: v.number() })
	},
	revokeSession: {
		method: 'DELETE',
		path: '/api/sessions/{id}',
		summary: 'End one session of the person',
		token: true,
		budget: 'sensitive',
		params: v.object({ id: uuidSchema }),
		status: 204,
		answer: null
	},
	setSessionRules: {
		method: 'PUT',
		path: '/api/sessions/rules',
		summary: "How long the person's sessions last; those that are past it end at once",
		token: true,
		budget: 'sensitive',
		body: sessionRulesSchema,
		status: 200,
		answer: sessionRulesSchema
	},
	howSessionEnded: {
		method: 'POST',
		path: '/api/sessions/ended',
		summary: 'What became of a session whose token does not hold any more; null where nobody ended it',
		token: false,
		budget: 'open',
		body: v.object({ session: uuidSchema }),
		status: 200,
		answer: v.object({ how: v.nullable(sessionEndSchema) })
	}
} as const satisfies { [name: string]: Route };
