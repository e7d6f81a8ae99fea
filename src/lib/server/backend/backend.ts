import type { MakeArchive } from '../backup/seal-archive.ts';
import type { Letters } from '../mail/letters.ts';
import type { ProofKey } from '../two-factor/prover.ts';
import type { EndWish } from './end-sessions.ts';

/** Somebody whose access token holds. */
export interface Person {
	/** The account's id. */
	id: string;
	/** The session the token belongs to. */
	session: string;
	/** The token itself: every query runs under it. */
	token: string;
}

/** What a session is told apart by on the person's list of sessions. */
export interface SessionOrigin {
	userAgent: string;
	/** The client's address. */
	address: string;
}

/** What a function is called with, by name; numbers that may pass 2^53 as text. */
export interface Arguments {
	[argument: string]: unknown;
}

/** The JSON texts a function gave, one a call, or the code (SQLSTATE, PostgREST's or ours) of why it did not. */
export type FunctionAnswer = { texts: string[] } | { code: string };

/** Sign-in, rows and files, wherever they are. No part of the server holds more right to them than the person who asks. */
export interface Backend {
	kind: 'embedded' | 'postgres' | 'supabase';
	/** Where the browser reaches it: `/supabase` of our own origin, or another origin. */
	publicUrl: string;
	/** Names the app; not a secret. */
	publishableKey: string;
	/**
	 * Asks the backend's own interface.
	 * @param path from the root of the backend, such as `/rest/v1/rpc/list_entities`.
	 * @param init where its body is bytes, they are handed over.
	 */
	fetch(path: string, init?: RequestInit): Promise<Response>;
	/**
	 * Calls a function of the schema as this person, once for each of the arguments: all in one transaction where the
	 * database is asked directly. There the next arguments are taken while the database works on the ones before.
	 */
	call(person: Person, name: string, each: Iterable<Arguments>): Promise<FunctionAnswer>;
	/**
	 * Whose token this is; null when it is forged, expired or no token of a person.
	 * @throws Refusal `server/unavailable` when that cannot be found out now.
	 */
	identify(token: string): Promise<Person | null>;
	/** The providers that people may sign in with besides a password, by Supabase's names for them. */
	providers(): Promise<string[]>;
	/** Whether `identify` would have to ask over the network about this token. */
	mustAsk(token: string): boolean;
	/** What only a backend in this process can do for the forwarder; absent otherwise. */
	local?: LocalAccounts;
	/** Makes archives of everything, for the operator alone; absent where the backend is not in this process. */
	archive?: MakeArchive;
	close(): Promise<void>;
}

/** The forwarder's view of the accounts of a backend in this process. */
export interface LocalAccounts {
	/** What the forwarder itself writes to people; where there is none, an account is open without a code. */
	letters?: Letters;
	/** An address that has an account which nobody can sign in to: it stands in where there is none, so that the work is the same. */
	decoy: string;
	hasAccount(email: string): Promise<boolean>;
	/** Gives the database the keys that the server's proofs are checked with; those of before are worth nothing any more. */
	shareProofKeys(keys: readonly ProofKey[]): Promise<void>;
	/** Whether anything sealed lies in the database. */
	holdsSealed(): Promise<boolean>;
	/** Notes from where a session was opened, and in the audit trail that it was. */
	noteSession(session: string, origin: SessionOrigin): Promise<'noted' | 'closed'>;
	/** Notes in the audit trail of an account, if there is one, that guessing locked it. */
	noteLock(email: string): Promise<void>;
	/** Ends sessions, for the operator alone. Gives how many; null where there is no such account. */
	endSessions(wish: EndWish): Promise<number | null>;
	/** Notes in the audit trail what sessions ended. */
	noteEnds(): Promise<void>;
}
