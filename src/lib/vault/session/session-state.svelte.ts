import type { GoTrueClient, Session as AuthSession } from '@supabase/auth-js';
import { SessionStore } from '../../device/session-store.ts';
import { aloneAmongTabs, joinTabs } from '../../device/tabs.ts';
import type { TabMessage, Tabs } from '../../device/tabs.ts';
import { lastingClient } from './lasting-client.ts';
import type { SessionEnd } from '../../api/sessions.ts';
import { DoorError } from './door-error.ts';
import { howEnded } from './how-ended.ts';
import {
	byOwnClock,
	expiresWithin,
	readSession,
	sameTokens,
	sessionId,
	signedInWithin,
	sinceSignIn
} from './kept-session.ts';
import type { KeptSession } from './kept-session.ts';
import { renewSession } from './renew-session.ts';
import { userOf } from './session-user.ts';
import type { Ending, SessionUser } from './session-user.ts';

/** Seconds before its end at which an access token is renewed. */
const MARGIN = 60;

/** Milliseconds within which a second wish for a fresh token is answered with the one just got. */
const JUST_NOW = 5_000;

/**
 * What this tab knows of the browser's one session, and the only code that changes it: read from the device, kept on it,
 * renewed by one tab for all, let go of. Whatever changes it runs inside `alone`.
 */
export class SessionState {
	#user = $state.raw<SessionUser | null>(null);
	#state = $state<'loading' | 'out' | 'in'>('loading');
	#ended = $state<Ending | null>(null);
	#lasting = $state(true);
	#kept: KeptSession | null = null;
	#renewedAt = -Infinity;
	#started: Promise<void> | null = null;
	#client: Promise<GoTrueClient> | null = null;
	#tabs: Tabs | null = null;
	readonly #store = new SessionStore();

	get user(): SessionUser | null {
		return this.#user;
	}

	get state(): 'loading' | 'out' | 'in' {
		return this.#state;
	}

	get ended(): Ending | null {
		return this.#ended;
	}

	get lasting(): boolean {
		return this.#lasting;
	}

	/** Whether this session began with a sign-in less than so many milliseconds ago, as far as this device knows. */
	signedInWithin(milliseconds: number): boolean {
		return this.#kept !== null && signedInWithin(this.#kept, milliseconds);
	}

	async start(): Promise<void> {
		this.#started ??= this.#begin();
		return this.#started;
	}

	async accessToken(fresh: boolean): Promise<string> {
		await this.start();
		const before = this.#kept;
		if (!before) throw new DoorError('door/signed-out');
		if (!fresh && !expiresWithin(before, MARGIN)) return before.access_token;
		if (performance.now() - this.#renewedAt < JUST_NOW && !expiresWithin(before, 1)) return before.access_token;
		return this.alone(async () => {
			const kept = this.#kept;
			if (!kept) throw new DoorError('door/signed-out');
			const renewedElsewhere = !sameTokens(kept, before);
			if (renewedElsewhere && !expiresWithin(kept, MARGIN)) return kept.access_token;
			return this.#renew(kept);
		});
	}

	/** The lasting client: what it would keep goes through `keep`, and so under this device's key. */
	async client(): Promise<GoTrueClient> {
		if (!globalThis.isSecureContext) throw new DoorError('door/insecure');
		await this.start();
		this.#client ??= lastingClient({
			read: () => this.#kept,
			keep: (session) => this.keep(session),
			drop: () => (this.#kept = null)
		}).catch((error: unknown) => {
			this.#client = null;
			throw error;
		});
		return this.#client;
	}

	/** Runs work that changes the session: one at a time in this browser, and on what the other tabs left. */
	async alone<T>(work: () => Promise<T>): Promise<T> {
		await this.start();
		return aloneAmongTabs('session', async () => {
			await this.#readAgain();
			return work();
		});
	}

	/** Work for which somebody must be signed in, with a token that still holds. */
	async aloneSignedIn<T>(work: (client: GoTrueClient) => Promise<T>): Promise<T> {
		await this.accessToken(false);
		const client = await this.client();
		return this.alone(() => work(client));
	}

	/** Keeps a session on the device, sealed. */
	async keep(session: AuthSession): Promise<void> {
		const isNew = !this.#kept || !sameTokens(session, this.#kept);
		const kept = isNew ? sinceSignIn(byOwnClock(session), this.#kept) : session;
		await this.#store.write({ account: kept.user.id, text: JSON.stringify(kept) });
		if (isNew) this.#renewedAt = performance.now();
		this.#adopt(kept);
	}

	/** Lets go of the session and of all this device holds of its account. */
	async forget(): Promise<void> {
		await this.#store.clear();
		this.#adopt(null);
	}

	/** The server said that the session of a token is over. */
	async over(token: string, how: SessionEnd): Promise<void> {
		await this.alone(async () => {
			const kept = this.#kept;
			if (kept && sessionId(kept) === sessionId({ access_token: token })) await this.#end(kept, how);
		});
	}

	tell(message: TabMessage): void {
		this.#tabs?.tell(message);
	}

	async #begin(): Promise<void> {
		// Without a secure context the browser has neither WebCrypto nor locks.
		if (!globalThis.isSecureContext) {
			this.#state = 'out';
			return;
		}
		this.#tabs = joinTabs((message) => {
			if (message === 'ended' || message === 'revoked') this.#ended = message;
			void this.alone(() => Promise.resolve());
		});
		await this.#readAgain();
	}

	async #readAgain(): Promise<void> {
		const kept = await this.#store.read();
		this.#adopt(kept ? readSession(kept.text) : null);
	}

	#adopt(session: KeptSession | null): void {
		this.#kept = session;
		this.#lasting = this.#store.lasting;
		const user = session && userOf(session);
		// The same person stays the same object, so that a renewed token moves nothing on the screen.
		if (user?.id !== this.#user?.id || user?.email !== this.#user?.email) this.#user = user;
		if (user) this.#ended = null;
		this.#state = user ? 'in' : 'out';
	}

	async #renew(kept: AuthSession): Promise<string> {
		if (!navigator.onLine) throw new DoorError('door/offline');
		const client = await this.client();
		let renewed: AuthSession | null = null;
		try {
			renewed = await renewSession(client, kept);
		} finally {
			// The library has let go of it already. Until this device knows how it ended it keeps it, and asks again.
			if (!renewed) this.#kept = kept;
		}
		if (renewed) {
			this.tell('renewed');
			return renewed.access_token;
		}
		await this.#end(kept, await howEnded(sessionId(kept)));
		throw new DoorError('door/signed-out');
	}

	/** Lets go of the session; of what else this device has of the account only where its person revoked it. */
	async #end({ user }: AuthSession, how: SessionEnd | null): Promise<void> {
		if (how === 'revoked') await this.#store.clearRevoked(user.id);
		else await this.#store.remove();
		this.#ended = how === 'revoked' ? 'revoked' : 'ended';
		this.#adopt(null);
		this.tell(this.#ended);
	}
}
