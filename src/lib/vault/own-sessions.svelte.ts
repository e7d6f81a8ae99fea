import type { PersonSession, SessionRules } from '../api/sessions.ts';
import { ApiError } from '../sync/api-error.ts';
import { serverClients } from './server-clients.ts';
import { session } from './session.svelte.ts';

/** The person's sessions as the server lists them. Everything throws ApiError. */
export class OwnSessions {
	readonly #api = serverClients(() => session.user?.id ?? null).api;
	#sessions = $state.raw<readonly PersonSession[]>([]);
	#sent: Promise<unknown> = Promise.resolve();
	#rules = $state.raw<SessionRules | null>(null);

	/** This one first, then by last use. */
	get sessions(): readonly PersonSession[] {
		return this.#sessions;
	}

	/** How long they last; null until they were listed. */
	get rules(): SessionRules | null {
		return this.#rules;
	}

	async list(): Promise<void> {
		const { sessions, rules } = await this.#api.call('listSessions', { tries: 2 });
		this.#sessions = sessions.toSorted((one, other) => Number(other.current) - Number(one.current));
		this.#rules = rules;
	}

	/** Ends one session: its device loses everything at its next request. One that is gone already is as well. */
	async revoke(id: string): Promise<void> {
		await this.#api.call('revokeSession', { params: { id } }).catch((error: unknown) => {
			if (!(error instanceof ApiError) || error.code !== 'session/not-found') throw error;
		});
		await this.list();
	}

	async revokeOthers(): Promise<void> {
		await this.#api.call('revokeOtherSessions');
		await this.list();
	}

	/** Changes one rule or both. One after another: what is chosen while an earlier choice is on its way keeps that one. */
	async choose(change: Partial<SessionRules>): Promise<void> {
		const body = { idle: null, age: null, ...this.#rules, ...change };
		this.#rules = body;
		const sent = this.#sent.then(() => this.#api.call('setSessionRules', { body }));
		this.#sent = sent.catch(() => undefined);
		await sent.finally(() => this.list());
	}
}
